-- Blog posts and what was found out about topics can be searched too.
alter table public.knowledge_items
  add column blog_id uuid generated always as (case when kind = 'blog' then source_id end) stored,
  add column insight_id uuid generated always as (case when kind = 'insight' then source_id end) stored,
  add foreign key (user_id, blog_id) references public.blogs (user_id, id) on delete cascade,
  add foreign key (user_id, insight_id) references public.insights (user_id, id) on delete cascade,
  drop constraint knowledge_items_kind_known,
  add constraint knowledge_items_kind_known check (kind in ('post', 'note', 'blog', 'insight'));
create index knowledge_items_by_blog on public.knowledge_items (user_id, blog_id) where blog_id is not null;
create index knowledge_items_by_insight on public.knowledge_items (user_id, insight_id) where insight_id is not null;
