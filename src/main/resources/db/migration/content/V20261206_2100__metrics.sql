-- Whose posts an import is: its author, or else who wrote more than half of what it brought. Those are the person's own accounts.
alter table public.imports add column owner text constraint imports_owner_shape check (owner ~ '^[a-z0-9_]{1,20}$');
select tenancy.lengths('public.imports', '{"owner": 20}');
grant update (owner) on public.imports to authenticated;

-- What the person has published on a network. text_id is what it was here; cache_id is the post as it was imported or collected, with which
-- it goes.
create table public.published_posts (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  network text not null constraint published_posts_network_known check (network in ('x', 'sandbox')),
  post_id text not null constraint published_posts_post_id_shape check (post_id ~ '^([1-9][0-9]{0,19}|d-[0-9a-f-]{36})$'),
  author text not null constraint published_posts_author_shape check (author ~ '^[a-z0-9_]{1,20}$'),
  -- The beginning, to tell it by.
  content text not null,
  kind text not null constraint published_posts_kind_known check (kind in ('tweet', 'thread', 'reply')),
  published_at timestamptz not null,
  text_id uuid,
  -- What it is about and in whose voice, where that is known. Both may be gone.
  insight_id uuid,
  persona_id uuid,
  cache_id uuid,
  -- The newest counts; null where none are known. The series is in engagement_metrics.
  likes integer constraint published_posts_likes_range check (likes >= 0),
  reposts integer constraint published_posts_reposts_range check (reposts >= 0),
  replies integer constraint published_posts_replies_range check (replies >= 0),
  quotes integer constraint published_posts_quotes_range check (quotes >= 0),
  impressions integer constraint published_posts_impressions_range check (impressions >= 0),
  counted_at timestamptz,
  -- When its counts are to be read next; null for never again.
  count_due_at timestamptz,
  gone_at timestamptz,
  primary key (user_id, id),
  unique (user_id, network, post_id)
);
create index published_posts_due on public.published_posts (user_id, network, count_due_at, id) where count_due_at is not null;
create index published_posts_newest on public.published_posts (user_id, published_at desc, id);
create index published_posts_by_insight on public.published_posts (user_id, insight_id) where insight_id is not null;
create index published_posts_by_cache on public.published_posts (user_id, cache_id) where cache_id is not null;
select tenancy.declare('public.published_posts', 'published post', 'published posts', 200000, '{select,insert,update,delete}',
  '{post_id,author,content,kind,insight_id,persona_id,cache_id,likes,reposts,replies,quotes,impressions,counted_at,count_due_at,gone_at}',
  lengths => '{"network": 10, "post_id": 40, "author": 20, "content": 4000, "kind": 10}', beyond => 'oldest go', age => 'published_at', may_go => 'true',
  note => 'go with the imported or collected post that they are');

-- How often a published post was liked, reposted, answered, quoted and shown by then. A post has one row for each of the ages at which it is
-- counted: number 0 is what it came with.
create table public.engagement_metrics (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  published_post_id uuid not null,
  number integer not null constraint engagement_metrics_number_range check (number between 0 and 100),
  measured_at timestamptz not null,
  likes integer not null constraint engagement_metrics_likes_range check (likes >= 0),
  reposts integer not null constraint engagement_metrics_reposts_range check (reposts >= 0),
  replies integer constraint engagement_metrics_replies_range check (replies >= 0),
  quotes integer constraint engagement_metrics_quotes_range check (quotes >= 0),
  impressions integer constraint engagement_metrics_impressions_range check (impressions >= 0),
  primary key (user_id, id),
  unique (user_id, published_post_id, number),
  foreign key (user_id, published_post_id) references public.published_posts (user_id, id) on delete cascade
);
create index engagement_metrics_newest on public.engagement_metrics (user_id, measured_at desc, id);
select tenancy.declare('public.engagement_metrics', 'measurement', 'measurements', 2000000, '{select,insert,delete}',
  beyond => 'oldest go', age => 'measured_at', may_go => 'true', note => '36 for each post at most, which go with it');

-- What was imported before. Posts younger than 90 days are counted from now on.
alter table public.imports no force row level security;
alter table public.tweets_cache no force row level security;
alter table public.published_posts no force row level security;
alter table public.engagement_metrics no force row level security;
update public.imports set owner = author where author is not null;
update public.imports as import set owner = writer.author from (
    select user_id, import_id, author, count(*) as posts, sum(count(*)) over (partition by user_id, import_id) as all_posts
    from public.tweets_cache where import_id is not null group by user_id, import_id, author) as writer
  where import.owner is null and import.user_id = writer.user_id and import.id = writer.import_id and writer.posts * 2 > writer.all_posts;
with own as (
  select user_id, id, network, tweet_id, author, left(content, 1000), case when in_reply_to_id is null then 'tweet' else 'reply' end, created_at, id as cache_id,
    case when known then likes end, case when known then retweets end, case when known and (source = 'collected' or replies > 0) then replies end, case when known then counts_at end,
    case when created_at > now() - interval '90 days' and tweet_id not like 'd-%' then now() end
  from (select post.*, source = 'collected' or origin <> 'table' or likes + retweets + replies > 0 as known,
      row_number() over (partition by post.user_id order by post.created_at desc, post.id) as place
    from public.tweets_cache as post
    where (import_id is not null or network = 'x')
      and exists (select 1 from public.imports as import where import.user_id = post.user_id and import.owner = post.author)) as post
  where place <= 200000)
insert into public.published_posts
  (user_id, id, network, post_id, author, content, kind, published_at, cache_id, likes, reposts, replies, counted_at, count_due_at)
  table own;
with first as (select user_id, id, 0, counted_at, likes, reposts, replies from public.published_posts where counted_at is not null)
insert into public.engagement_metrics (user_id, published_post_id, number, measured_at, likes, reposts, replies)
  table first;
alter table public.engagement_metrics force row level security;
alter table public.published_posts force row level security;
alter table public.tweets_cache force row level security;
alter table public.imports force row level security;
