-- Whether a file told likes or reposts of a post, and whether it told replies: a 0 that was told is a count, and a missing one is not.
alter table public.tweets_cache
  add column counts_told boolean not null default false,
  add column replies_told boolean not null default false;
