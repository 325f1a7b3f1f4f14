-- A retried run keeps the time of its first start, and has the time of its last retry beside it.
alter table public.agent_runs add column retried_at timestamptz
  constraint agent_runs_retried_at_range check (retried_at >= '1970-01-01 00:00Z' and retried_at < '2200-01-01 00:00Z');
grant update (retried_at) on public.agent_runs to authenticated;
