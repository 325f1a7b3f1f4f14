alter table public.agent_runs no force row level security;
alter table public.agent_schedules no force row level security;
-- A run that is over ended at some time, and a schedule that cannot be read is switched off.
update public.agent_runs set finished_at = now()
  where not (finished_at >= '1970-01-01 00:00Z' and finished_at < '2200-01-01 00:00Z');
update public.agent_schedules set enabled = false, every = null, at = '{}', days = '{}'
  where array_to_string(at, ',', '?') !~ '^(([01][0-9]|2[0-3]):[0-5][0-9](,|$)){0,24}$'
    or not days <@ array['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] or cardinality(days) > 7 or cardinality(at) > 24
    or not (every >= '1 second' and every <= '366 days');
update public.agent_schedules set time_zone = 'UTC' where time_zone !~ '^[A-Za-z0-9_+/-]{1,64}$';
alter table public.agent_runs force row level security;
alter table public.agent_schedules force row level security;

alter table public.agent_schedules
  add constraint agent_schedules_at_shape check (array_to_string(at, ',', '?') ~ '^(([01][0-9]|2[0-3]):[0-5][0-9](,|$)){0,24}$'),
  add constraint agent_schedules_days_shape check (days <@ array['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']),
  add constraint agent_schedules_every_range check (every >= '1 second' and every <= '366 days'),
  add constraint agent_schedules_time_zone_shape check (time_zone ~ '^[A-Za-z0-9_+/-]{1,64}$');
-- A run has so many steps at most, and so the steps of all runs are bounded with these.
alter table public.agent_run_steps add constraint agent_run_steps_position_range check (position between 0 and 999);

select tenancy.lengths('public.agent_runs', '{"agent": 64, "progress_message": 2000, "error": 4000, "error_code": 64}');
select tenancy.lengths('public.agent_run_steps', '{"name": 480, "summary": 2000, "error": 4000, "state": 65536}');
select tenancy.lengths('public.agent_schedules', '{"agent": 64, "at": 400, "days": 64, "time_zone": 64}');
select tenancy.lengths('public.agent_logs', '{"agent_name": 64, "action": 64, "details": 4000}');
select tenancy.times('public.agent_runs');
select tenancy.times('public.agent_run_steps');
select tenancy.times('public.agent_schedules');
select tenancy.times('public.agent_logs');

select tenancy.bound('public.agent_runs', 2000, 'runs', 'oldest go', 'queued_at', $$status in ('succeeded', 'failed', 'cancelled')$$);
select tenancy.bound('public.agent_run_steps', 2000000, 'bounded with the runs: each has a thousand steps at most and takes them along', 'kept elsewhere');
select tenancy.bound('public.agent_schedules', 100, 'schedules');
select tenancy.bound('public.agent_logs', 100000, 'log entries', 'oldest go', 'created_at', 'true');
