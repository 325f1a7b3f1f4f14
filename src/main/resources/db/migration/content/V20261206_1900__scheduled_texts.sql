-- What goes out next, of each kind.
create index tweets_scheduled on public.tweets (user_id, scheduled_for, id) where status = 'scheduled';
create index tweet_threads_scheduled on public.tweet_threads (user_id, scheduled_for, id) where status = 'scheduled';
create index replies_scheduled on public.replies (user_id, scheduled_for, id) where status = 'scheduled';
create index blogs_scheduled on public.blogs (user_id, scheduled_for, id) where status = 'scheduled';
