-- Replies and conversations, which an import finds by the older versions of edited posts. An index of an expression does not serve a
-- tenant, because the policy is checked first.
create index tweets_cache_replies on public.tweets_cache (user_id, in_reply_to_id) where in_reply_to_id is not null;
create index tweets_cache_conversations on public.tweets_cache (user_id, conversation_id) where conversation_id is not null;
