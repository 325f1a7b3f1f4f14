-- What a run is going to do stands in it from its beginning, so that trying it again means exactly that and nothing newer. A
-- step that is only planned has not begun; one whose object is gone meanwhile is skipped.
alter table public.agent_run_steps drop constraint agent_run_steps_status_check;
alter table public.agent_run_steps add constraint agent_run_steps_status_check
  check (status in ('planned', 'running', 'waiting', 'succeeded', 'failed', 'skipped', 'cancelled'));
alter table public.agent_run_steps alter column attempts set default 0;
alter table public.agent_run_steps alter column started_at drop default;
alter table public.agent_run_steps alter column started_at drop not null;
