-- Replies from files, which are found by the older versions of edited posts that they answer.
create index tweets_cache_imported_replies on public.tweets_cache (user_id, in_reply_to_id) where source = 'imported' and in_reply_to_id is not null;
