-- Accounts on X whose posts a tenant collects. since_id is the newest post up to which everything was collected;
-- cursor_* remember a visit that has not come to its end, so that the next one goes on where it stopped.
create table public.x_accounts (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  username text not null check (username ~ '^[a-z0-9_]{1,15}$'),
  priority smallint not null default 50 check (priority between 0 and 100),
  is_active boolean not null default true,
  -- Whom the name stands for, and on which network: since_id and the cursor are valid only there.
  network text check (network in ('x', 'sandbox')),
  network_user_id text,
  display_name text,
  state text not null default 'new' check (state in ('new', 'ok', 'not_found', 'refused', 'failing')),
  state_detail text,
  state_since timestamptz not null default now(),
  last_collected_at timestamptz,
  since_id text,
  cursor_token text,
  cursor_newest_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, id),
  unique (user_id, username),
  check ((network is null) = (network_user_id is null))
);
create index x_accounts_by_priority on public.x_accounts (user_id, priority desc, username);
select tenancy.protect('public.x_accounts', '{select,insert,update,delete}',
  '{priority,is_active,network,network_user_id,display_name,state,state_detail,state_since,last_collected_at,since_id,cursor_token,cursor_newest_id,updated_at}');

-- Posts of others, or of the tenant's own past, that agents read. created_at is when the post was written.
create table public.tweets_cache (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  network text not null check (network in ('x', 'sandbox')),
  tweet_id text not null check (tweet_id <> '' and length(tweet_id) <= 40),
  author text not null check (author ~ '^[a-z0-9_]{1,15}$'),
  content text not null check (length(content) <= 25000),
  lang text check (length(lang) <= 12),
  conversation_id text,
  in_reply_to_id text,
  likes integer not null default 0 check (likes >= 0),
  retweets integer not null default 0 check (retweets >= 0),
  replies integer not null default 0 check (replies >= 0),
  status text not null default 'unprocessed' check (status in ('unprocessed', 'processed')),
  source text not null check (source in ('collected', 'imported')),
  created_at timestamptz not null,
  collected_at timestamptz not null default now(),
  counts_at timestamptz not null default now(),
  primary key (user_id, id),
  unique (user_id, network, tweet_id)
);
create index tweets_cache_newest on public.tweets_cache (user_id, created_at desc, id);
create index tweets_cache_by_author on public.tweets_cache (user_id, author, created_at desc, id);
create index tweets_cache_by_status on public.tweets_cache (user_id, status, created_at desc, id);
select tenancy.protect('public.tweets_cache', '{select,insert,update,delete}', '{likes,retweets,replies,status,counts_at}');

-- Posts that the tenant writes.
create table public.tweets (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  content text not null check (length(content) between 1 and 25000),
  status text not null default 'draft' check (status in ('draft', 'in_review', 'changes_wanted', 'approved', 'rejected',
    'scheduled', 'publishing', 'published', 'failed')),
  scheduled_for timestamptz,
  time_zone text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, id),
  check (scheduled_for is null or time_zone is not null)
);
create index tweets_newest on public.tweets (user_id, created_at desc, id);
create index tweets_by_status on public.tweets (user_id, status, created_at desc, id);
select tenancy.protect('public.tweets', '{select,insert,update,delete}', '{content,status,scheduled_for,time_zone,updated_at}');

-- The voices in which agents write.
create table public.personas (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  name text not null check (length(name) between 1 and 80),
  description text not null default '' check (length(description) <= 2000),
  tone text not null default 'professional' check (length(tone) between 1 and 80),
  is_default boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, id),
  unique (user_id, name)
);
create unique index personas_one_default on public.personas (user_id) where is_default;
select tenancy.protect('public.personas', '{select,insert,update,delete}', '{name,description,tone,is_default,updated_at}');
