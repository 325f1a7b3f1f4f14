-- A step whose turn was over in the middle goes on in the next one; that is no new attempt.
alter table public.agent_run_steps add column handed_over boolean not null default false;
grant update (handed_over) on public.agent_run_steps to authenticated;
