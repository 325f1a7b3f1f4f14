-- Which agents a person lets start the next one when they are done.
create table public.agent_chains (
  user_id uuid not null default auth.uid(),
  agent text not null,
  next text not null,
  created_at timestamptz not null default now(),
  primary key (user_id, agent, next)
);
select tenancy.declare('public.agent_chains', 'chain of agents', 'chains of agents', 100, '{select,insert,delete}', lengths => '{"agent": 64, "next": 64}');
alter table public.agent_runs drop constraint agent_runs_trigger_check, add constraint agent_runs_trigger_check check (trigger in ('person', 'schedule', 'chain'));
