-- Whoever has something due stands in one line for each kind of job, however many jobs that are, and the line that has waited
-- longest is served next. So ten thousand jobs of one tenant delay another's by one job each round, not by ten thousand.
drop index jobs.scheduled_tasks_due, jobs.scheduled_tasks_heartbeat;
update jobs.scheduled_tasks set picked = false, picked_by = null, consecutive_failures = 0;
alter table jobs.scheduled_tasks
  drop column task_data,
  drop column last_success,
  drop column last_failure,
  drop column last_heartbeat,
  drop column priority,
  alter column picked_by type uuid using null,
  alter column picked set default false,
  alter column version set default 1,
  alter column consecutive_failures set default 0,
  alter column consecutive_failures set not null,
  -- How often a process ended while it held the job, since the job last got anywhere.
  add column interrupted smallint not null default 0,
  -- Whose it is, as a number that tells nobody who that is.
  add column line bigint not null generated always as (hashtextextended(split_part(task_instance, '/', 1), 0)) stored,
  add check (picked = (picked_by is not null));
create index scheduled_tasks_in_line on jobs.scheduled_tasks (task_name, line, execution_time) where not picked;
create index scheduled_tasks_due on jobs.scheduled_tasks (execution_time) where not picked;
create index scheduled_tasks_held on jobs.scheduled_tasks (picked_by) where picked;

-- The processes that work, each with the moment when it last said that it lives.
create table jobs.workers (
  id uuid primary key,
  seen_at timestamptz not null default now()
);
grant select, insert, update, delete on jobs.workers to coral_jobs;

-- due_at is never later than the earliest job that nobody holds; a line without one goes when it is looked at.
create table jobs.lines (
  task_name text not null,
  line bigint not null,
  due_at timestamptz not null,
  served_at timestamptz not null default '-infinity',
  primary key (task_name, line)
);
create index lines_due on jobs.lines (task_name, due_at);
grant select, insert, update, delete on jobs.lines to coral_jobs;

-- Whoever makes a job due calls this behind it in the same transaction. It takes the line's row whatever it changes, so that nobody
-- looks at a line while a job of it is being announced.
create function jobs.stand_in_line(task text, whose bigint, due timestamptz) returns void
language sql set search_path = '' as $f$
  insert into jobs.lines as l (task_name, line, due_at) values (task, whose, due)
  on conflict (task_name, line) do update set due_at = excluded.due_at where l.due_at > excluded.due_at
$f$;
revoke all on function jobs.stand_in_line(text, bigint, timestamptz) from public;
grant execute on function jobs.stand_in_line(text, bigint, timestamptz) to coral_jobs;

insert into jobs.lines (task_name, line, due_at)
select task_name, line, min(execution_time) from jobs.scheduled_tasks group by task_name, line;

-- Gives the worker up to so many due jobs, one of a line, from the lines that have waited longest. Lines that are full are left
-- out; of the jobs that were held by a process as it ended, at most one is given, and only if the worker asks for it.
create function jobs.take(worker uuid, tasks text[], most integer, at timestamptz, full_lines bigint[], suspect boolean)
returns setof jobs.scheduled_tasks
language plpgsql set search_path = '' as $f$
declare
  waiting record;
  job jobs.scheduled_tasks;
  following timestamptz;
  taken integer := 0;
begin
  for waiting in
    select l.task_name, l.line from jobs.lines l
    where l.task_name = any (tasks) and l.due_at <= at and l.line <> all (full_lines)
    order by greatest(l.due_at, l.served_at), l.line
    for update skip locked
  loop
    exit when taken >= most;
    update jobs.scheduled_tasks t set picked = true, picked_by = worker
    where (t.task_name, t.task_instance) = (
      select c.task_name, c.task_instance from jobs.scheduled_tasks c
      where c.task_name = waiting.task_name and c.line = waiting.line and not c.picked and c.execution_time <= at
        and (suspect or c.interrupted = 0)
      order by c.execution_time limit 1 for update skip locked)
    returning t.* into job;
    if found then
      taken := taken + 1;
      suspect := suspect and job.interrupted = 0;
      return next job;
    end if;
    select min(execution_time) into following from jobs.scheduled_tasks
    where task_name = waiting.task_name and line = waiting.line and not picked;
    if following is null then
      delete from jobs.lines where task_name = waiting.task_name and line = waiting.line;
    else
      update jobs.lines set due_at = following, served_at = case when job.task_name is null then served_at else at end
      where task_name = waiting.task_name and line = waiting.line;
    end if;
  end loop;
end $f$;
revoke all on function jobs.take(uuid, text[], integer, timestamptz, bigint[], boolean) from public;
grant execute on function jobs.take(uuid, text[], integer, timestamptz, bigint[], boolean) to coral_jobs;

-- A worker puts back what it holds: due at a time, unless it was announced again meanwhile.
create function jobs.put_back(worker uuid, task text, instance text, known_version bigint, due timestamptz, failures integer, interruptions integer)
returns void
language plpgsql set search_path = '' as $f$
declare
  job jobs.scheduled_tasks;
begin
  update jobs.scheduled_tasks t
  set picked = false, picked_by = null, consecutive_failures = failures, interrupted = interruptions,
    execution_time = case when version = known_version then due else execution_time end
  where t.task_name = task and t.task_instance = instance and t.picked_by = worker
  returning t.* into job;
  if found then
    perform jobs.stand_in_line(job.task_name, job.line, job.execution_time);
  end if;
end $f$;

-- Puts back what is held by workers that have not been seen for so long, and counts that against each job.
create function jobs.release_lost(silence interval) returns void
language plpgsql set search_path = '' as $f$
begin
  delete from jobs.workers where seen_at < now() - silence;
  with lost as (
    update jobs.scheduled_tasks set picked = false, picked_by = null, interrupted = interrupted + 1
    where picked and picked_by not in (select id from jobs.workers)
    returning task_name, line, execution_time)
  insert into jobs.lines as l (task_name, line, due_at) select task_name, line, min(execution_time) from lost group by task_name, line
  on conflict (task_name, line) do update set due_at = least(l.due_at, excluded.due_at);
end $f$;
revoke all on function jobs.put_back(uuid, text, text, bigint, timestamptz, integer, integer), jobs.release_lost(interval) from public;
grant execute on function jobs.put_back(uuid, text, text, bigint, timestamptz, integer, integer), jobs.release_lost(interval) to coral_jobs;

-- As they were, and whoever announces stands in line. A job that is held is announced too: its holder finds the version changed and
-- puts it back instead of ending it.
create or replace function jobs.announce(task text, key text, due timestamptz) returns void
language plpgsql security definer set search_path = '' as $f$
declare
  whose bigint;
begin
  if auth.uid() is null or task not in ('agent-run', 'agent-schedule') or key !~ '^[a-z0-9-]{1,64}$' then
    raise exception 'not a job of a tenant' using errcode = '42501';
  end if;
  insert into jobs.scheduled_tasks (task_name, task_instance, execution_time)
  values (task, auth.uid() || '/' || key, due)
  on conflict (task_name, task_instance) do update
    set execution_time = excluded.execution_time, version = scheduled_tasks.version + 1
  returning line into whose;
  perform jobs.stand_in_line(task, whose, due);
end $f$;
create or replace function auth.ask_erasure(person uuid, due timestamptz) returns void
language plpgsql security definer set search_path = '' as $f$
declare
  before text := current_setting('request.jwt.claims', true);
  whose bigint;
begin
  perform set_config('request.jwt.claims', jsonb_build_object('sub', person, 'role', 'authenticated')::text, true);
  update public.user_profiles set erasure_due_at = due where user_id = person;
  if not found then
    raise exception 'nobody to erase' using errcode = '42501';
  end if;
  insert into jobs.scheduled_tasks (task_name, task_instance, execution_time)
  values ('erasure', person::text, due)
  on conflict (task_name, task_instance) do update
    set execution_time = excluded.execution_time, version = scheduled_tasks.version + 1
  returning line into whose;
  perform jobs.stand_in_line('erasure', whose, due);
  perform set_config('request.jwt.claims', coalesce(before, ''), true);
end $f$;
