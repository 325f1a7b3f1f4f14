-- What was imported is shown and counted apart from what was collected.
create index tweets_cache_by_source on public.tweets_cache (user_id, source, created_at desc, id);
