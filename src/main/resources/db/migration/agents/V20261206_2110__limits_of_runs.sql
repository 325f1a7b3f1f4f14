-- What one run of an agent may do at most, by the person's choice. A null is the default.
create table public.agent_limits (
  user_id uuid not null default auth.uid(),
  agent text not null,
  steps integer constraint agent_limits_steps_range check (steps between 1 and 1000),
  calls integer constraint agent_limits_calls_range check (calls between 1 and 100000),
  minutes integer constraint agent_limits_minutes_range check (minutes between 1 and 1440),
  most_micro_usd bigint constraint agent_limits_most_micro_usd_range check (most_micro_usd between 10000 and 1000000000),
  updated_at timestamptz not null default now(),
  primary key (user_id, agent)
);
select tenancy.declare('public.agent_limits', 'limits of an agent''s runs', 'limits of agents'' runs', 100, '{select,insert,update}',
  '{steps,calls,minutes,most_micro_usd,updated_at}', '{"agent": 64}', thing => 'run_limits');

-- How long a run has been worked on since it was started or retried, which is less than its age where it waits.
alter table public.agent_runs add column worked_ms bigint not null default 0 constraint agent_runs_worked_ms_range check (worked_ms between 0 and 1000000000000);
grant update (worked_ms) on public.agent_runs to authenticated;

-- A dry run shows what a run would do, beside the run that is under way.
alter table public.agent_runs add column dry_run boolean not null default false;
drop index public.agent_runs_one_under_way;
create unique index agent_runs_one_under_way on public.agent_runs (user_id, agent) where status in ('queued', 'running', 'waiting') and not dry_run;
create unique index agent_runs_one_dry_run on public.agent_runs (user_id, agent) where status in ('queued', 'running', 'waiting') and dry_run;
