-- Where a network refuses since_id, a visit goes on by time, from start_time. gap_at is when that last happened.
alter table public.x_accounts
  add column start_time timestamptz
    constraint x_accounts_start_time_range check (start_time >= '1970-01-01 00:00Z' and start_time < '2200-01-01 00:00Z'),
  add column gap_at timestamptz
    constraint x_accounts_gap_at_range check (gap_at >= '1970-01-01 00:00Z' and gap_at < '2200-01-01 00:00Z');
grant update (start_time, gap_at) on public.x_accounts to authenticated;
