-- Counts what was collected of each author from the index alone; imported posts are in it too.
create index tweets_cache_by_author_and_source on public.tweets_cache (user_id, author, created_at desc, id) include (source);
drop index public.tweets_cache_by_author;
alter index public.tweets_cache_by_author_and_source rename to tweets_cache_by_author;
