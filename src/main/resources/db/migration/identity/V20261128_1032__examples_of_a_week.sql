-- Gives what an example person has from signing up the times of somebody who signed up then: a draft a day, and to each call the time of
-- its run. The audit keeps the times at which it was written, whoever asks.
create function auth.backdate_example(person uuid, since timestamptz) returns void
language plpgsql security definer set search_path = '' as $f$
declare
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
  perform auth.act_as(coalesce(before, ''));
end $f$;
revoke all on function auth.backdate_example(uuid, timestamptz) from public;
grant execute on function auth.backdate_example(uuid, timestamptz) to coral_auth;
