-- A post that was imported and collected as well is both: it keeps its import, and is found among the posts from files in the order of time.
create index tweets_cache_from_files on public.tweets_cache (user_id, created_at desc, id) where source = 'imported' or import_id is not null;
