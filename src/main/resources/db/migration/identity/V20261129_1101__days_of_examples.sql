-- As it was, and what was used is counted on the days of its calls.
create or replace function auth.backdate_example(person uuid, since timestamptz) returns void
language plpgsql security definer set search_path = '' as $f$
declare
  spent record;
  before text := current_setting('request.jwt.claims', true);
begin
  if not exists (select user_id from auth.coral_example_people where user_id = person) then
    raise exception 'not an example person' using errcode = '42501';
  end if;
  perform auth.act_as(jsonb_build_object('sub', person, 'role', 'authenticated')::text);
  update auth.users set created_at = since where id = person;
  update public.user_profiles set created_at = since where user_id = person;
  update public.personas set created_at = since, updated_at = since where user_id = person;
  update public.x_accounts set created_at = since where user_id = person;
  update public.agent_logs set created_at = since where user_id = person and action = 'user_created';
  update public.tweets as post set created_at = since + numbered.n * interval '1 day', updated_at = since + numbered.n * interval '1 day'
    from (select id, row_number() over (order by created_at, id) as n from public.tweets where user_id = person) as numbered
    where post.user_id = person and post.id = numbered.id;
  update public.api_usage_logs as call set created_at = run.finished_at from public.agent_runs as run
    where call.user_id = person and run.user_id = person and run.id = call.run_id and run.finished_at < call.created_at;
  delete from public.usage_days where user_id = person;
  for spent in
    select (call.created_at at time zone auth.known_zone(profile.time_zone))::date as day, coalesce(call.agent, '') as agent, call.service_name,
      call.unit, count(*) as calls, sum(call.units) as units, sum(call.input_tokens) as input, sum(call.output_tokens) as output, sum(call.cost_micro_usd) as cost
    from public.api_usage_logs as call join public.user_profiles as profile on profile.user_id = call.user_id
    where call.user_id = person and profile.user_id = person group by 1, 2, 3, 4
  loop
    insert into public.usage_days (user_id, day, agent, service_name, unit, calls, units, input_tokens, output_tokens, cost_micro_usd)
      values (person, spent.day, spent.agent, spent.service_name, spent.unit, spent.calls, spent.units, spent.input, spent.output, spent.cost);
  end loop;
  perform auth.act_as(coalesce(before, ''));
end $f$;
