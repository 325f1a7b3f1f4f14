-- Topics that the posts of a tenant's accounts are about, and the posts of each. A post is in one of them at most.
create table public.insights (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  topic text not null constraint insights_topic_given check (topic <> ''),
  reason text not null,
  -- Of its posts when it was last looked at; what is not talked about any more has none.
  score double precision not null check (score >= 0 and score < 'infinity'),
  dismissed boolean not null default false,
  first_seen_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  primary key (user_id, id)
);
create index insights_by_score on public.insights (user_id, dismissed, score desc, seen_at desc, id);
create index insights_by_time on public.insights (user_id, seen_at desc, id);
select tenancy.declare('public.insights', 'insight', 'insights', 10000, '{select,insert,update,delete}', '{reason,score,dismissed,seen_at}',
  lengths => '{"topic": 800, "reason": 2000}', thing => 'insight',
  beyond => 'oldest go', age => 'seen_at', may_go => 'true');

create table public.insight_posts (
  user_id uuid not null default auth.uid(),
  post_id uuid not null,
  insight_id uuid not null,
  -- How much it adds to the score of its topic.
  strength double precision not null check (strength >= 0 and strength < 'infinity'),
  primary key (user_id, post_id),
  foreign key (user_id, insight_id) references public.insights (user_id, id) on delete cascade,
  foreign key (user_id, post_id) references public.tweets_cache (user_id, id) on delete cascade
);
create index insight_posts_by_strength on public.insight_posts (user_id, insight_id, strength desc, post_id);
select tenancy.declare('public.insight_posts', 'post of an insight', 'posts of insights', 2000000, '{select,insert,update,delete}', '{strength}',
  note => 'go with their post or insight');
