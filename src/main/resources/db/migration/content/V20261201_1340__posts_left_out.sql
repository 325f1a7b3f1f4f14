-- Archives tell of more posts that no later file is to bring back: those to a circle, reposts, and earlier versions of edited posts. A post of
-- a table without ids is recognized by its author, its time and how its text begins.
alter table public.deleted_posts
  add column kind text not null default 'deleted' constraint deleted_posts_kind_check check (kind in ('deleted', 'circle', 'repost', 'older_version')),
  add column author text constraint deleted_posts_author_check check (author ~ '^[a-z0-9_]{1,20}$'),
  add column written_at timestamptz
    constraint deleted_posts_written_at_range check (written_at >= '1970-01-01 00:00Z' and written_at < '2200-01-01 00:00Z'),
  add column beginning text;
select tenancy.lengths('public.deleted_posts', '{"kind": 13, "author": 20, "beginning": 1200}');
create index deleted_posts_by_author on public.deleted_posts (user_id, author, written_at) where author is not null;
create index deleted_posts_reposts on public.deleted_posts (user_id) where kind = 'repost';

-- Reposts are many, and what they are can be seen in most files. So they go first.
update tenancy.tables set one = 'post left out', many = 'posts left out', may_go = 'kind = ''repost'' or not exists (
  select 1 from public.deleted_posts as repost where repost.user_id = deleted_posts.user_id and repost.kind = ''repost'')'
where relation = 'deleted_posts';
