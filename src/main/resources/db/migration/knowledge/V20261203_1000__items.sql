-- What a tenant can search: pieces of texts of other tables. Each kind of text has a generated column here, with the foreign key that
-- takes the pieces away with the text.
create table public.knowledge_items (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  kind text not null,
  source_id uuid not null,
  piece smallint not null constraint knowledge_items_piece_range check (piece between 0 and 9999),
  content text not null constraint knowledge_items_content_given check (content <> ''),
  lang text,
  author text,
  written_at timestamptz not null,
  post_id uuid generated always as (case when kind = 'post' then source_id end) stored,
  primary key (user_id, id),
  unique (user_id, kind, source_id, piece),
  foreign key (user_id, post_id) references public.tweets_cache (user_id, id) on delete cascade,
  constraint knowledge_items_kind_known check (kind in ('post'))
);
create index knowledge_items_by_post on public.knowledge_items (user_id, post_id) where post_id is not null;
select tenancy.declare('public.knowledge_items', 'searchable text', 'searchable texts', 10000000, '{select,insert,delete}',
  lengths => '{"kind": 20, "content": 100000, "lang": 12, "author": 20}', beyond => 'kept elsewhere',
  note => 'pieces of other rows, which go with them');
