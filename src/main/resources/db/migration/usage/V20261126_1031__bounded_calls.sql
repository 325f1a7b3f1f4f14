-- As it was, and now and then the oldest calls go, of a tenant with more than the bound. What a bill needs stays.
create or replace function usage.record_call(person uuid, service text, call_endpoint text, call_units integer, cost bigint,
  call_status text, took_ms integer, run uuid) returns void
language plpgsql security definer set search_path = '' as $f$
begin
  perform set_config('request.jwt.claims', jsonb_build_object('sub', person, 'role', 'authenticated')::text, true);
  insert into public.api_usage_logs (user_id, service_name, endpoint, units, cost_micro_usd, status, response_time_ms, run_id)
    values (person, service, call_endpoint, call_units, cost, call_status, took_ms, run);
  update public.user_profiles set api_usage_current = api_usage_current + 1 where user_id = person;
  if cost > 0 then
    update public.agent_runs set cost_micro_usd = cost_micro_usd + cost where user_id = person and id = run;
  end if;
  if random() < 0.005 then
    perform jobs.drop_oldest('api_usage_logs');
  end if;
  perform set_config('request.jwt.claims', '', true);
end $f$;
