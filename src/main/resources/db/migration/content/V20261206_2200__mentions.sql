-- Posts of others that mention an account of the tenant's, each once, with what became of it.
create table public.mentions (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  network text not null constraint mentions_network_known check (network in ('x', 'sandbox')),
  -- The network's ids of the post, of the account that it mentions and of who wrote it, who is never the account itself.
  tweet_id text not null constraint mentions_tweet_id_shape check (tweet_id ~ '^[1-9][0-9]{0,19}$'),
  account_id text not null constraint mentions_account_id_shape check (account_id ~ '^[1-9][0-9]{0,19}$'),
  author_id text not null constraint mentions_author_id_shape check (author_id ~ '^[1-9][0-9]{0,18}$'),
  author text not null constraint mentions_author_shape check (author ~ '^[a-z0-9_]{1,20}$'),
  author_name text not null,
  content text not null constraint mentions_content_given check (content <> ''),
  lang text,
  conversation_id text,
  in_reply_to_id text,
  -- Whether not everybody may reply to it.
  limited boolean not null default false,
  created_at timestamptz not null,
  collected_at timestamptz not null default now(),
  -- The posts before it, the oldest first, as far as they could be read; null before they were asked for.
  context jsonb constraint mentions_context_list check (jsonb_typeof(context) = 'array'),
  state text not null default 'open' constraint mentions_state_known check (state in ('open', 'answered', 'set_aside')),
  -- Why it was set aside.
  reason text constraint mentions_reason_known check (reason in ('hostile', 'off_topic', 'automatic', 'no_answer', 'old', 'recent', 'muted', 'limited', 'closed', 'gone')),
  state_since timestamptz not null default now(),
  -- Whether a person wants it answered, whatever an agent makes of it.
  wanted boolean not null default false,
  primary key (user_id, id),
  unique (user_id, network, tweet_id),
  constraint mentions_of_another check (author_id <> account_id),
  constraint mentions_state_and_reason check ((state = 'set_aside') = (reason is not null))
);
create index mentions_by_state on public.mentions (user_id, state, created_at desc, id);
create index mentions_newest on public.mentions (user_id, created_at desc, id);
select tenancy.declare('public.mentions', 'mention', 'mentions', 20000, '{select,insert,update,delete}', '{context,state,reason,state_since,wanted}',
  lengths => '{"network": 10, "tweet_id": 20, "account_id": 20, "author_id": 20, "author": 20, "author_name": 800, "content": 100000, "lang": 48,
    "conversation_id": 20, "in_reply_to_id": 20, "context": 60000, "state": 10, "reason": 10}', thing => 'mention',
  beyond => 'oldest go', age => 'created_at', may_go => 'true');
select tenancy.retained_by_plan('public.mentions', 'collected_at');
-- What is announced before a plan's retention removes anything.
do $do$
begin
  execute replace(pg_get_functiondef('jobs.keep_some(uuid, integer)'::regprocedure), 'keeps collected posts, runs,', 'keeps collected posts, mentions, runs,');
end $do$;

-- How far the mentions of an account were read. It is the account that the keys act as which were there when it was told.
create table public.mention_readings (
  user_id uuid not null default auth.uid(),
  network text not null constraint mention_readings_network_known check (network in ('x', 'sandbox')),
  account_id text not null constraint mention_readings_account_id_shape check (account_id ~ '^[1-9][0-9]{0,19}$'),
  handle text not null,
  name text not null,
  keys text not null,
  told_at timestamptz not null default now(),
  since_id text,
  -- A reading that has not come to its end, so that the next one goes on where it stopped.
  cursor_token text,
  cursor_newest_id text,
  read_at timestamptz,
  primary key (user_id, network, account_id)
);
create index mention_readings_by_time on public.mention_readings (user_id, told_at);
select tenancy.declare('public.mention_readings', 'account whose mentions are read', 'accounts whose mentions are read', 50, '{select,insert,update,delete}',
  '{handle,name,keys,told_at,since_id,cursor_token,cursor_newest_id,read_at}',
  lengths => '{"network": 10, "account_id": 20, "handle": 20, "name": 800, "keys": 100, "since_id": 20, "cursor_token": 4000, "cursor_newest_id": 20}',
  beyond => 'oldest go', age => 'told_at', may_go => 'true', not_imported => 'found out again from the keys');

comment on column public.mention_readings.cursor_token is 'exported: where a reading goes on, no secret';
comment on column public.mention_readings.keys is 'exported: names the keys and tells nothing of them';

-- Authors whom no agent answers.
create table public.muted_authors (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  network text not null constraint muted_authors_network_known check (network in ('x', 'sandbox')),
  author_id text not null constraint muted_authors_author_id_shape check (author_id ~ '^[1-9][0-9]{0,19}$'),
  -- As the handle was when the author was muted.
  author text not null constraint muted_authors_author_shape check (author ~ '^[a-z0-9_]{1,20}$'),
  created_at timestamptz not null default now(),
  primary key (user_id, id),
  unique (user_id, network, author_id)
);
create index muted_authors_newest on public.muted_authors (user_id, created_at desc, id);
select tenancy.declare('public.muted_authors', 'muted author', 'muted authors', 5000, '{select,insert,delete}',
  lengths => '{"network": 10, "author_id": 20, "author": 20}', thing => 'author');

-- What a reply answers on its network, so that a post has one reply at most however it came here, and it is known when an author had the last one.
alter table public.replies
  add column network text constraint replies_network_known check (network in ('x', 'sandbox')),
  add column tweet_id text,
  add column author text constraint replies_author_shape check (author ~ '^[a-z0-9_]{1,20}$');
select tenancy.lengths('public.replies', '{"network": 10, "tweet_id": 40, "author": 20}');
alter table public.replies no force row level security;
alter table public.tweets_cache no force row level security;
update public.replies as reply set network = post.network, tweet_id = post.tweet_id, author = post.author
from public.tweets_cache as post where post.user_id = reply.user_id and post.id = reply.post_id;
alter table public.tweets_cache force row level security;
alter table public.replies force row level security;
alter table public.replies add constraint replies_one_each unique (user_id, network, tweet_id);
create index replies_by_author on public.replies (user_id, network, author, created_at desc) where author is not null;
grant insert (network, tweet_id, author) on public.replies to authenticated;
