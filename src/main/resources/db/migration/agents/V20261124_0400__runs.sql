-- The durable scheduler's own table (db-scheduler's shape). It knows what is due and for whom, never the content.
create table jobs.scheduled_tasks (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamptz not null,
  picked boolean not null,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures integer,
  last_heartbeat timestamptz,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_due on jobs.scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on jobs.scheduled_tasks (last_heartbeat);
grant select, insert, update, delete on jobs.scheduled_tasks to coral_jobs;

-- Lets a tenant's own transaction announce work for itself, and for nobody else, so that the row that describes the work
-- and the job that does it are committed together.
create function jobs.announce(task text, key text, due timestamptz) returns void
language plpgsql security definer set search_path = '' as $f$
begin
  if auth.uid() is null or task not in ('agent-run', 'agent-schedule') or key !~ '^[a-z0-9-]{1,64}$' then
    raise exception 'not a job of a tenant' using errcode = '42501';
  end if;
  insert into jobs.scheduled_tasks (task_name, task_instance, execution_time, picked, version)
  values (task, auth.uid() || '/' || key, due, false, 1)
  on conflict (task_name, task_instance) do update
    set execution_time = excluded.execution_time, version = scheduled_tasks.version + 1
    where not scheduled_tasks.picked;
end $f$;
create function jobs.withdraw(task text, key text) returns void
language sql security definer set search_path = '' as $f$
  delete from jobs.scheduled_tasks
  where task_name = task and task_instance = auth.uid() || '/' || key and not picked
$f$;
revoke all on function jobs.announce(text, text, timestamptz), jobs.withdraw(text, text) from public;
grant execute on function jobs.announce(text, text, timestamptz), jobs.withdraw(text, text) to authenticated;

create table public.agent_runs (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  agent text not null,
  trigger text not null check (trigger in ('person', 'schedule')),
  status text not null default 'queued' check (status in ('queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled')),
  queued_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  waiting_until timestamptz,
  progress_done integer not null default 0 check (progress_done >= 0),
  progress_total integer check (progress_total >= 0),
  progress_message text,
  cost_micro_usd bigint not null default 0 check (cost_micro_usd >= 0),
  error text,
  error_code text,
  cancel_requested boolean not null default false,
  -- Counts who took the run up. What an earlier holder still writes is refused, so two processes never both advance it.
  lease integer not null default 0,
  primary key (user_id, id),
  check ((status in ('succeeded', 'failed', 'cancelled')) = (finished_at is not null))
);
create unique index agent_runs_one_under_way on public.agent_runs (user_id, agent) where status in ('queued', 'running', 'waiting');
create index agent_runs_newest on public.agent_runs (user_id, queued_at desc, id);
create index agent_runs_by_agent on public.agent_runs (user_id, agent, queued_at desc, id);
create index agent_runs_by_status on public.agent_runs (user_id, status, queued_at desc, id);
select tenancy.protect('public.agent_runs', '{select,insert,update}',
  '{status,started_at,finished_at,waiting_until,progress_done,progress_total,progress_message,cost_micro_usd,error,error_code,cancel_requested,lease}');

create table public.agent_run_steps (
  user_id uuid not null default auth.uid(),
  run_id uuid not null,
  position integer not null,
  name text not null check (length(name) <= 120),
  status text not null check (status in ('running', 'waiting', 'succeeded', 'failed', 'cancelled')),
  attempts integer not null default 1,
  summary text,
  error text,
  state jsonb,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (user_id, run_id, position),
  unique (user_id, run_id, name),
  foreign key (user_id, run_id) references public.agent_runs (user_id, id) on delete cascade
);
select tenancy.protect('public.agent_run_steps', '{select,insert,update}', '{status,attempts,summary,error,state,started_at,finished_at}');

create table public.agent_schedules (
  user_id uuid not null default auth.uid(),
  agent text not null,
  enabled boolean not null default false,
  every interval,
  at text[] not null default '{}',
  days text[] not null default '{}',
  time_zone text not null,
  next_run_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (user_id, agent),
  check (not enabled or (every is not null) <> (at <> '{}'))
);
select tenancy.protect('public.agent_schedules', '{select,insert,update}', '{enabled,every,at,days,time_zone,next_run_at,updated_at}');

-- What agents did, in words for the person. Append-only.
create table public.agent_logs (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  agent_name text not null,
  level text not null default 'info' check (level in ('info', 'warning', 'error')),
  action text not null,
  details text not null default '',
  run_id uuid,
  created_at timestamptz not null default now(),
  primary key (user_id, id)
);
create index agent_logs_newest on public.agent_logs (user_id, created_at desc, id);
create index agent_logs_by_agent on public.agent_logs (user_id, agent_name, created_at desc, id);
create index agent_logs_by_run on public.agent_logs (user_id, run_id, created_at);
select tenancy.protect('public.agent_logs', '{select,insert}');
