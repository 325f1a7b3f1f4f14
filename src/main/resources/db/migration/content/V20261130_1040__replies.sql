-- Replies, which an import finds by the older versions of edited posts that they answer.
create index tweets_cache_replies on public.tweets_cache (user_id, in_reply_to_id) where in_reply_to_id is not null;
