-- Where an imported post comes from: a table, or X's own record, whose text X can have cut off. What was imported before counts as of a table,
-- so that X's record corrects it.
alter table public.tweets_cache add column origin text not null default 'table'
  constraint tweets_cache_origin_check check (origin in ('table', 'cut', 'x'));
-- Whether a person named the author afterwards, which no file changes.
alter table public.tweets_cache add column attributed boolean not null default false;
-- The imports that have had the post as well since. One of them gets it when its own import is taken back.
alter table public.tweets_cache add column also_in text
  constraint tweets_cache_also_in_shape check (also_in ~ '^[0-9a-f-]{36}( [0-9a-f-]{36}){0,19}$');
select tenancy.lengths('public.tweets_cache', '{"origin": 5, "also_in": 739}');
grant update (attributed, also_in) on public.tweets_cache to authenticated;
