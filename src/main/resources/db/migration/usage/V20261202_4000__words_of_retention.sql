-- As it was, and the log says that collected posts were removed: a plan never removes imported ones.
create or replace function jobs.keep_some(person uuid, most integer) returns integer
language plpgsql security definer set search_path = '' as $f$
declare
  profile public.user_profiles;
  told usage.retentions;
  owned tenancy.tables;
  keeps integer;
  moment timestamptz := now();
  gone bigint;
  counts text;
begin
  perform auth.act_as(jsonb_build_object('sub', person, 'role', 'authenticated')::text);
  select * into profile from public.user_profiles p where p.user_id = person for update;
  select p.retention_days into keeps from usage.plans p where p.name = profile.subscription_tier;
  if keeps is null then
    delete from usage.retentions r where r.user_id = person;
    return null;
  elsif profile.erasure_due_at is not null then
    return 86400;
  end if;
  select * into told from usage.retentions r where r.user_id = person for update;
  if told.user_id is null or keeps < told.days then
    insert into usage.retentions (user_id, days, told_at) values (person, keeps, moment)
      on conflict (user_id) do update set days = excluded.days, told_at = excluded.told_at;
    insert into public.agent_logs (user_id, agent_name, level, action, details) values (person, 'system', 'warning', 'retention_announced',
      format('Your plan (%s) keeps collected posts, runs, log entries and calls for %s days. From %s on, older ones are removed; what you wrote or '
        'imported stays. To keep a copy, export your data before.', profile.subscription_tier, keeps,
        to_char((moment + interval '7 days') at time zone auth.known_zone(profile.time_zone), 'FMDD FMMonth YYYY')));
    return 7 * 86400;
  elsif keeps > told.days then
    update usage.retentions r set days = keeps where r.user_id = person;
  end if;
  if told.told_at > moment - interval '7 days' then
    return ceil(extract(epoch from told.told_at + interval '7 days' - moment)) + 1;
  end if;
  for owned in select * from tenancy.tables t where t.plan_age is not null order by t.relation loop
    execute format('delete from public.%1$I where user_id = $1 and %2$I < $2 and (%3$s) and ctid = any (array('
        'select ctid from public.%1$I where user_id = $1 and %2$I < $2 and (%3$s) limit $3))', owned.relation, owned.plan_age, owned.plan_may_go)
      using person, moment - make_interval(days => keeps), most;
    get diagnostics gone = row_count;
    if gone > 0 then
      update usage.retentions r set removed = r.removed || jsonb_build_object(owned.many, coalesce((r.removed ->> owned.many)::bigint, 0) + gone)
        where r.user_id = person;
      return 0;
    end if;
  end loop;
  if told.removed <> '{}' then
    select string_agg(to_char(value::bigint, 'FM999,999,999,999') || ' ' || case key when 'collected and imported posts' then 'collected posts' else key end, ', ' order by key)
      into counts from jsonb_each_text(told.removed);
    insert into public.agent_logs (user_id, agent_name, action, details) values (person, 'system', 'retention_removed',
      format('Your plan (%s) keeps these for %s days. Removed what was older: %s.', profile.subscription_tier, keeps, counts));
    update usage.retentions r set removed = '{}' where r.user_id = person;
  end if;
  return 86400;
end $f$;
