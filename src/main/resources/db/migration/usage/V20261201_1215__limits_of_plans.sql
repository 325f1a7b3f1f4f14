-- What else a plan limits. Null is no limit, as all of them ship: most installations belong to one person, and the operator sets what to sell.
alter table usage.plans
  add column accounts integer constraint plans_accounts_range check (accounts >= 0),
  add column agents integer constraint plans_agents_range check (agents >= 0),
  add column requests_per_minute integer constraint plans_requests_per_minute_range check (requests_per_minute > 0),
  -- Providers ('openai') and models of them ('openai/gpt-5-mini') that an agent may use.
  add column models text[] constraint plans_models_count check (cardinality(models) between 1 and 50),
  add column retention_days integer constraint plans_retention_days_range check (retention_days between 1 and 36500);

-- When a row was paused because the plan had no room for it; null again once the person resumes it.
alter table public.x_accounts add column held_back_at timestamptz
  constraint x_accounts_held_back_at_range check (held_back_at >= '1970-01-01 00:00Z' and held_back_at < '2200-01-01 00:00Z');
alter table public.agent_schedules add column held_back_at timestamptz
  constraint agent_schedules_held_back_at_range check (held_back_at >= '1970-01-01 00:00Z' and held_back_at < '2200-01-01 00:00Z');
grant update (held_back_at) on public.x_accounts, public.agent_schedules to authenticated;

alter table tenancy.tables
  -- Of a table whose rows a plan limits: the limit's column in usage.plans, the boolean column of the rows that count, and the words of a refusal.
  add column plan_limit text,
  add column plan_counted text,
  add column plan_words text,
  add column plan_advice text,
  -- Of a table that a plan's retention clears: the time that tells a row's age, and which rows may go.
  add column plan_age text,
  add column plan_may_go text,
  add constraint tables_plan_limit_given check ((plan_limit is null) = (plan_counted is null) and (plan_limit is null) = (plan_words is null)
    and (plan_limit is null) = (plan_advice is null)),
  add constraint tables_plan_age_given check ((plan_age is null) = (plan_may_go is null));

-- Limits a tenant table by plan.
create function tenancy.limited_by_plan(target regclass, plan_limit text, counted text, words text, advice text) returns void
language sql set search_path = '' as $f$
  update tenancy.tables t set plan_limit = limited_by_plan.plan_limit, plan_counted = counted, plan_words = words, plan_advice = advice
  from pg_catalog.pg_class c where c.oid = target and t.relation = c.relname
$f$;
-- Lets a plan's retention remove old rows of a tenant table.
create function tenancy.retained_by_plan(target regclass, age text, may_go text default 'true') returns void
language sql set search_path = '' as $f$
  update tenancy.tables t set plan_age = retained_by_plan.age, plan_may_go = retained_by_plan.may_go
  from pg_catalog.pg_class c where c.oid = target and t.relation = c.relname
$f$;
revoke all on function tenancy.limited_by_plan(regclass, text, text, text, text), tenancy.retained_by_plan(regclass, text, text) from public;

select tenancy.limited_by_plan('public.x_accounts', 'accounts', 'is_active', 'active accounts', 'Pause another one first');
select tenancy.limited_by_plan('public.agent_schedules', 'agents', 'enabled', 'agents with a schedule', 'Switch another schedule off first');
select tenancy.retained_by_plan('public.tweets_cache', 'collected_at', $$source = 'collected' and import_id is null$$);
select tenancy.retained_by_plan('public.agent_runs', 'finished_at', $$status in ('succeeded', 'failed', 'cancelled')$$);
select tenancy.retained_by_plan('public.agent_logs', 'created_at');
select tenancy.retained_by_plan('public.api_usage_logs', 'created_at');

-- The limits of the plan of the tenant of the claims.
create function auth.plan_limits() returns table (plan text, accounts integer, agents integer, requests_per_minute integer, models text[], retention_days integer)
language sql stable security definer set search_path = '' as $f$
  select p.name, p.accounts, p.agents, p.requests_per_minute, p.models, p.retention_days
  from public.user_profiles person join usage.plans p on p.name = person.subscription_tier where person.user_id = auth.uid()
$f$;
revoke all on function auth.plan_limits() from public;
grant execute on function auth.plan_limits() to authenticated;

-- What a person was told of their plan's retention, and what it removed since it last said so.
create table usage.retentions (
  user_id uuid primary key references auth.users (id) on delete cascade,
  days integer not null,
  told_at timestamptz not null,
  removed jsonb not null default '{}'
);

-- Pauses and switches off what a person has beyond their plan, the newest first, and says so in the log and the audit. Begins the plan's
-- retention. The caller acts for the person.
create function usage.keep_within_plan(person uuid) returns void
language plpgsql set search_path = '' as $f$
declare
  plan usage.plans;
  moment timestamptz := now();
  stopped text[];
  one text;
  whose bigint;
begin
  select p.* into plan from public.user_profiles profile join usage.plans p on p.name = profile.subscription_tier
    where profile.user_id = person for update of profile;
  if plan.accounts is not null then
    with paused as (
      update public.x_accounts set is_active = false, held_back_at = moment, updated_at = moment
      where user_id = person and id in (select a.id from public.x_accounts a where a.user_id = person and a.is_active
        order by a.created_at, a.id offset plan.accounts)
      returning username
    ), numbered as (
      select '@' || username as name, (row_number() over (order by username) - 1) / 8 as part from paused
    ), parts as (
      select string_agg(name, ', ' order by name) as names from numbered group by part
    )
    select array_agg(names order by names) into stopped from parts;
    foreach one in array coalesce(stopped, '{}') loop
      insert into public.agent_logs (user_id, agent_name, level, action, details) values (person, 'system', 'warning', 'plan_limit',
        format('Your plan (%s) limits active accounts to %s. Paused, the newest first: %s. You can resume them once there is room.', plan.name, plan.accounts, one));
      perform audit.enter(person, 'system', null, null, array['account.paused'], array[format('%s (plan %s)', one, plan.name)]);
    end loop;
  end if;
  if plan.agents is not null then
    with ended as (
      update public.agent_schedules set enabled = false, next_run_at = null, held_back_at = moment, updated_at = moment
      where user_id = person and agent in (select s.agent from public.agent_schedules s where s.user_id = person and s.enabled
        order by s.updated_at, s.agent offset plan.agents)
      returning agent
    )
    select array_agg(agent order by agent) into stopped from ended;
    foreach one in array coalesce(stopped, '{}') loop
      perform jobs.withdraw('agent-schedule', one);
      insert into public.agent_logs (user_id, agent_name, level, action, details) values (person, one, 'warning', 'plan_limit',
        format('Your plan (%s) limits agents with a schedule to %s, so this schedule was switched off. You can switch it on once there is room.', plan.name, plan.agents));
      perform audit.enter(person, 'system', null, null, array['schedule.changed'], array[format('%s: off (plan %s)', one, plan.name)]);
    end loop;
  end if;
  if plan.retention_days is null then
    delete from usage.retentions r where r.user_id = person;
  else
    insert into jobs.scheduled_tasks (task_name, task_instance, execution_time)
    values ('plan-retention', person || '/plan', moment)
    on conflict (task_name, task_instance) do update
      set execution_time = excluded.execution_time, version = scheduled_tasks.version + 1
    returning line into whose;
    perform jobs.stand_in_line('plan-retention', whose, moment);
  end if;
end $f$;
revoke all on function usage.keep_within_plan(uuid) from public;

-- Removes some rows that are older than a person's plan keeps them, a week after the log announced it, and logs what it removed. Returns in
-- how many seconds to go on; null where the plan has no retention.
create function jobs.keep_some(person uuid, most integer) returns integer
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
    select string_agg(to_char(value::bigint, 'FM999,999,999,999') || ' ' || key, ', ' order by key) into counts from jsonb_each_text(told.removed);
    insert into public.agent_logs (user_id, agent_name, action, details) values (person, 'system', 'retention_removed',
      format('Your plan (%s) keeps these for %s days. Removed what was older: %s.', profile.subscription_tier, keeps, counts));
    update usage.retentions r set removed = '{}' where r.user_id = person;
  end if;
  return 86400;
end $f$;
revoke all on function jobs.keep_some(uuid, integer) from public;
grant execute on function jobs.keep_some(uuid, integer) to coral_jobs;

-- As it was, and a plan's retention begins.
create or replace function auth.provision_person(person uuid, address text, name text) returns void
language plpgsql security definer set search_path = '' as $f$
declare
  before text := current_setting('request.jwt.claims', true);
begin
  perform auth.act_as(jsonb_build_object('sub', person, 'role', 'authenticated')::text);
  insert into public.user_profiles (user_id, email, full_name) values (person, address, nullif(name, ''));
  insert into public.personas (user_id, name, description, tone, is_default)
    values (person, 'My voice', 'Professional social media persona', 'professional', true);
  insert into public.agent_logs (user_id, agent_name, action, details)
    values (person, 'system', 'user_created', 'Your account was created, with a profile and a default persona.');
  perform usage.keep_within_plan(person);
  perform auth.act_as(coalesce(before, ''));
end $f$;
