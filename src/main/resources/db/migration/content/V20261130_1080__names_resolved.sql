-- A name costs money to resolve, so that it is not resolved in each run for an account whose posts a network does not give.
alter table public.x_accounts
  add column resolved_at timestamptz
    constraint x_accounts_resolved_at_range check (resolved_at >= '1970-01-01 00:00Z' and resolved_at < '2200-01-01 00:00Z');
grant update (resolved_at) on public.x_accounts to authenticated;
