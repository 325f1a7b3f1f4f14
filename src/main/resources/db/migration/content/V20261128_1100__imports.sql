-- One row for each import of posts, so that a person sees what came from where, and can take it back as a whole.
create table public.imports (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  file_name text not null check (length(file_name) between 1 and 200),
  author text check (author ~ '^[a-z0-9_]{1,20}$'),
  imported integer not null default 0 check (imported >= 0),
  corrected integer not null default 0 check (corrected >= 0),
  skipped integer not null default 0 check (skipped >= 0),
  left_out integer not null default 0 check (left_out >= 0),
  rejected_count integer not null default 0 check (rejected_count >= 0),
  created_at timestamptz not null default now(),
  -- Null while it runs, and for one that a crash ended.
  ended_at timestamptz,
  primary key (user_id, id)
);
create index imports_newest on public.imports (user_id, created_at desc, id);
select tenancy.declare('public.imports', 'import', 'imports', 10000, '{select,insert,update,delete}',
  '{author,imported,corrected,skipped,left_out,rejected_count,ended_at}',
  lengths => '{"file_name": 800, "author": 20}', thing => 'import', beyond => 'oldest go', age => 'created_at', may_go => 'true');

-- The import that a post came with, until it is collected from its account as well. What an import stored worse before, another corrects.
alter table public.tweets_cache add column import_id uuid;
create index tweets_cache_by_import on public.tweets_cache (user_id, import_id, created_at desc, id) where import_id is not null;
grant update (author, import_id, source) on public.tweets_cache to authenticated;

-- A few old accounts have handles of up to 20 characters.
alter table public.tweets_cache drop constraint tweets_cache_author_check, drop constraint tweets_cache_author_length;
alter table public.tweets_cache add constraint tweets_cache_author_check check (author ~ '^[a-z0-9_]{1,20}$');
select tenancy.lengths('public.tweets_cache', '{"author": 20}');

-- A row of a table may lack an id of the network. Its own one here is no number.
alter table public.tweets_cache drop constraint tweets_cache_tweet_id_shape;
alter table public.tweets_cache add constraint tweets_cache_tweet_id_shape check (tweet_id ~ '^([1-9][0-9]{0,19}|d-[0-9a-f-]{36})$');
