alter table public.x_accounts no force row level security;
alter table public.tweets_cache no force row level security;
alter table public.tweets no force row level security;
-- What is no id leads nowhere on a network: the account is looked up anew.
update public.x_accounts set network = null, network_user_id = null, since_id = null, cursor_token = null, cursor_newest_id = null
  where network_user_id !~ '^(0|[1-9][0-9]{0,19})$';
update public.x_accounts set since_id = null where since_id !~ '^[1-9][0-9]{0,19}$';
update public.x_accounts set cursor_token = null, cursor_newest_id = null
  where cursor_newest_id !~ '^[1-9][0-9]{0,19}$' or octet_length(cursor_token) > 1000;
-- Nor can a post without one be looked at again, answered or told from another. No network and no file of posts brings any.
delete from public.tweets_cache where tweet_id !~ '^[1-9][0-9]{0,19}$';
update public.tweets_cache set conversation_id = null where conversation_id !~ '^[1-9][0-9]{0,19}$';
update public.tweets_cache set in_reply_to_id = null where in_reply_to_id !~ '^[1-9][0-9]{0,19}$';
update public.tweets set time_zone = 'UTC' where time_zone !~ '^[A-Za-z0-9_+/-]{1,64}$';
-- A post without a time to go out at is none that is scheduled.
update public.tweets set status = 'draft', scheduled_for = null
  where status = 'scheduled' and not (scheduled_for >= '1970-01-01 00:00Z' and scheduled_for < '2200-01-01 00:00Z');
alter table public.x_accounts force row level security;
alter table public.tweets_cache force row level security;
alter table public.tweets force row level security;

alter table public.x_accounts
  add constraint x_accounts_network_user_id_shape check (network_user_id ~ '^(0|[1-9][0-9]{0,19})$'),
  add constraint x_accounts_since_id_shape check (since_id ~ '^[1-9][0-9]{0,19}$'),
  add constraint x_accounts_cursor_newest_id_shape check (cursor_newest_id ~ '^[1-9][0-9]{0,19}$');
alter table public.tweets_cache
  add constraint tweets_cache_tweet_id_shape check (tweet_id ~ '^[1-9][0-9]{0,19}$'),
  add constraint tweets_cache_conversation_id_shape check (conversation_id ~ '^[1-9][0-9]{0,19}$'),
  add constraint tweets_cache_in_reply_to_id_shape check (in_reply_to_id ~ '^[1-9][0-9]{0,19}$');
alter table public.tweets add constraint tweets_time_zone_shape check (time_zone ~ '^[A-Za-z0-9_+/-]{1,64}$');

select tenancy.lengths('public.x_accounts', '{"username": 15, "network_user_id": 20, "display_name": 800, "state_detail": 2000,
  "since_id": 20, "cursor_token": 1000, "cursor_newest_id": 20}');
select tenancy.lengths('public.tweets_cache', '{"author": 15, "content": 100000, "conversation_id": 20, "in_reply_to_id": 20}');
select tenancy.lengths('public.tweets', '{"content": 100000, "time_zone": 64}');
select tenancy.times('public.x_accounts');
select tenancy.times('public.tweets_cache');
select tenancy.times('public.tweets');
select tenancy.times('public.personas');

select tenancy.bound('public.x_accounts', 500, 'accounts that you listen to');
select tenancy.bound('public.tweets_cache', 2000000, 'collected and imported posts');
select tenancy.bound('public.tweets', 20000, 'posts of your own');
select tenancy.bound('public.personas', 50, 'personas');
