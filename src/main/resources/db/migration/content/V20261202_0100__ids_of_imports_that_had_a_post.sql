-- Each of them is read as an id, so that one which is none would keep its import from being undone.
alter table public.tweets_cache no force row level security;
update public.tweets_cache set also_in = null
where also_in !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}( [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){0,19}$';
alter table public.tweets_cache drop constraint tweets_cache_also_in_shape;
alter table public.tweets_cache add constraint tweets_cache_also_in_shape
  check (also_in ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}( [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){0,19}$');
alter table public.tweets_cache force row level security;
