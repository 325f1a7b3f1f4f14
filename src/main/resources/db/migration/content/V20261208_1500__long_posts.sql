-- An account with X Premium publishes posts of up to 25,000 characters, as X counts them; a long link counts 23.
alter table public.user_profiles add column long_posts boolean not null default false;
grant update (long_posts) on public.user_profiles to authenticated;

alter table public.tweets drop constraint tweets_content_check;
alter table public.tweets add constraint tweets_content_check check (length(content) between 1 and 30000);
