-- What is known of a conversation is read together. A post from a file may say only which post it answers.
create index tweets_cache_by_conversation on public.tweets_cache (user_id, coalesce(conversation_id, in_reply_to_id));
