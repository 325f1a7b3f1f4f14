-- As it was, with the jobs that keep a tenant's search up to date.
create or replace function jobs.announce(task text, key text, due timestamptz) returns void
language plpgsql security definer set search_path = '' as $f$
declare
  whose bigint;
begin
  if auth.uid() is null or task not in ('agent-run', 'agent-schedule', 'import-change', 'knowledge', 'embedding', 'service-embedding') or key !~ '^[a-z0-9-]{1,64}$' or not isfinite(due) then
    raise exception 'not a job of a tenant' using errcode = '42501';
  end if;
  insert into jobs.scheduled_tasks (task_name, task_instance, execution_time)
  values (task, auth.uid() || '/' || key, due)
  on conflict (task_name, task_instance) do update
    set execution_time = excluded.execution_time, version = scheduled_tasks.version + 1
  returning line into whose;
  perform jobs.stand_in_line(task, whose, due);
  if (select count(*) from (select from jobs.scheduled_tasks where task_name = task and line = whose and not picked limit 101) as counted) > 100 then
    raise exception 'more jobs than a tenant can have' using errcode = '23514';
  end if;
end $f$;

-- What was stored before there was a search.
insert into jobs.scheduled_tasks (task_name, task_instance, execution_time) select 'knowledge', id || '/all', now() from auth.users;
insert into jobs.lines (task_name, line, due_at) select task_name, line, min(execution_time) from jobs.scheduled_tasks
where task_name = 'knowledge' group by task_name, line;
