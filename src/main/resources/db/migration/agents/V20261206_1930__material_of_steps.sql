-- What went into a step and what came out of it, for the person who looks at the run. It is bounded, and goes with the run.
alter table public.agent_run_steps add column material jsonb;
grant update (material) on public.agent_run_steps to authenticated;
select tenancy.lengths('public.agent_run_steps', '{"material": 65536}');
