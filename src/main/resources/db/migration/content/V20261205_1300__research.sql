-- What was found out about a topic: one question with its answer, until it expires.
alter table public.insights
  add column question text,
  add column answer text,
  -- The model that answered, or extracts.
  add column answered_by text,
  add column answered_at timestamptz,
  add column expires_at timestamptz,
  add constraint insights_answer_given check (answer <> ''),
  add constraint insights_answered_at_range check (answered_at >= '1970-01-01 00:00Z' and answered_at < '2200-01-01 00:00Z'),
  add constraint insights_expires_at_range check (expires_at >= '1970-01-01 00:00Z' and expires_at < '2200-01-01 00:00Z'),
  add constraint insights_answer_whole check (num_nulls(question, answer, answered_by, answered_at, expires_at) in (0, 5));
select tenancy.lengths('public.insights', '{"question": 4000, "answer": 80000, "answered_by": 400}');
grant update (question, answer, answered_by, answered_at, expires_at) on public.insights to authenticated;

-- What the markers in an answer lead to.
create table public.insight_sources (
  user_id uuid not null default auth.uid(),
  insight_id uuid not null,
  number integer not null constraint insight_sources_number_range check (number between 1 and 100),
  url text constraint insight_sources_url_of_the_web check (url ~* '^https?://'),
  title text not null,
  published_at timestamptz,
  -- Of a post that was collected, of a page that was found at its address, or of one that was not.
  state text not null constraint insight_sources_state_known check (state in ('collected', 'checked', 'unreachable')),
  -- The post may be gone.
  post_id uuid,
  primary key (user_id, insight_id, number),
  foreign key (user_id, insight_id) references public.insights (user_id, id) on delete cascade
);
select tenancy.declare('public.insight_sources', 'source of an insight', 'sources of insights', 200000, '{select,insert,delete}',
  lengths => '{"url": 8000, "title": 1200, "state": 20}', note => 'go with their insight');

create index tweet_threads_by_blog on public.tweet_threads (user_id, blog_id) where blog_id is not null;
