-- Whether the file named the author of this post, which attributing its import then leaves.
alter table public.tweets_cache add column names_author boolean not null default false;
alter table public.tweets_cache no force row level security;
alter table public.imports no force row level security;
update public.tweets_cache set names_author = true from public.imports
where tweets_cache.user_id = imports.user_id and tweets_cache.import_id = imports.id and tweets_cache.author is distinct from imports.author;
alter table public.imports force row level security;
alter table public.tweets_cache force row level security;

-- The ids of the earlier versions of an edited post, by which a later file may name it.
alter table public.tweets_cache add column older_versions text
  constraint tweets_cache_older_versions_shape check (older_versions ~ '^[1-9][0-9]{0,19}( [1-9][0-9]{0,19}){0,19}$');
select tenancy.lengths('public.tweets_cache', '{"older_versions": 420}');
create index tweets_cache_edited on public.tweets_cache (user_id, created_at desc, id) where older_versions is not null;
-- A reply to an earlier version is one to the post.
grant update (in_reply_to_id, conversation_id) on public.tweets_cache to authenticated;

-- Posts of tables without ids, which a later file may have with theirs.
create index tweets_cache_without_id on public.tweets_cache (user_id, author, created_at) where tweet_id like 'd-%';
