-- The ledger of outgoing calls. A tenant reads its own; only the meter writes, through the function below.
create table public.api_usage_logs (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  service_name text not null,
  endpoint text not null,
  units integer not null default 1 check (units >= 0),
  cost_micro_usd bigint not null default 0 check (cost_micro_usd >= 0),
  status text not null check (status in ('ok', 'refused', 'failed')),
  response_time_ms integer not null,
  run_id uuid,
  created_at timestamptz not null default now(),
  primary key (user_id, id)
);
create index api_usage_logs_newest on public.api_usage_logs (user_id, created_at desc, id);
create index api_usage_logs_by_run on public.api_usage_logs (user_id, run_id);
select tenancy.protect('public.api_usage_logs', '{select}');

create function usage.record_call(person uuid, service text, call_endpoint text, call_units integer, cost bigint,
  call_status text, took_ms integer, run uuid) returns void
language plpgsql security definer set search_path = '' as $f$
begin
  perform set_config('request.jwt.claims', jsonb_build_object('sub', person, 'role', 'authenticated')::text, true);
  insert into public.api_usage_logs (user_id, service_name, endpoint, units, cost_micro_usd, status, response_time_ms, run_id)
    values (person, service, call_endpoint, call_units, cost, call_status, took_ms, run);
  update public.user_profiles set api_usage_current = api_usage_current + 1 where user_id = person;
  perform set_config('request.jwt.claims', '', true);
end $f$;
revoke all on function usage.record_call(uuid, text, text, integer, bigint, text, integer, uuid) from public;
grant execute on function usage.record_call(uuid, text, text, integer, bigint, text, integer, uuid) to coral_meter;
