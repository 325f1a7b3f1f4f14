-- When a visit last came to nothing, so that a person sees that an account was looked for although nothing was collected.
alter table public.x_accounts add column last_failed_at timestamptz;
grant update (last_failed_at) on public.x_accounts to authenticated;
