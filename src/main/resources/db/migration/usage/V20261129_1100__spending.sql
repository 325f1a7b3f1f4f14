-- What a tenant has spent and may spend. The meter writes the ledger and the reservations through the functions below; a tenant reads its
-- own, and sets limits of its own beside that of its plan.

-- The ledger, by month: what was there stays where it is, as the partition of what has no month of its own. A call tells what it was made
-- for, what it used, and by which price it was charged.
drop policy tenant on public.api_usage_logs;
alter table public.api_usage_logs no force row level security, disable row level security;
revoke all on public.api_usage_logs from authenticated;
do $$ declare
  found record;
begin
  for found in select conname from pg_catalog.pg_constraint where conrelid = 'public.api_usage_logs'::regclass and contype in ('c', 'p') loop
    execute format('alter table public.api_usage_logs drop constraint %I', found.conname);
  end loop;
end $$;
drop index public.api_usage_logs_newest, public.api_usage_logs_by_run;
alter table public.api_usage_logs
  alter column units set default 0,
  add column model text,
  add column unit text not null default '',
  add column input_tokens integer not null default 0,
  add column cached_tokens integer not null default 0,
  add column output_tokens integer not null default 0,
  add column reasoning_tokens integer not null default 0,
  add column price_id text,
  add column agent text,
  add column step text,
  add column reservation_id uuid;
alter table public.api_usage_logs set schema usage;
alter table usage.api_usage_logs rename to calls_other;
create table public.api_usage_logs (like usage.calls_other including defaults) partition by range (created_at);
alter table public.api_usage_logs attach partition usage.calls_other default;
alter table public.api_usage_logs
  add primary key (user_id, created_at, id),
  add constraint api_usage_logs_units_count check (units >= 0),
  add constraint api_usage_logs_tokens_count check (cached_tokens between 0 and input_tokens and reasoning_tokens between 0 and output_tokens),
  add constraint api_usage_logs_cost_range check (cost_micro_usd >= 0),
  add constraint api_usage_logs_status_known check (status in ('ok', 'refused', 'failed'));
create index api_usage_logs_by_run on public.api_usage_logs (user_id, run_id);
select tenancy.protect('public.api_usage_logs', '{select}');
select tenancy.lengths('public.api_usage_logs', '{"service_name": 64, "endpoint": 800, "model": 400, "unit": 64, "price_id": 500, "agent": 64, "step": 800}');
select tenancy.times('public.api_usage_logs');

-- What was used on a day of the person's own zone, which was written with each call: limits and pages read these few rows instead of the ledger.
create table public.usage_days (
  user_id uuid not null default auth.uid(),
  day date not null constraint usage_days_day_range check (day >= '1970-01-01' and day < '2200-01-01'),
  agent text not null,
  service_name text not null,
  unit text not null,
  calls bigint not null,
  units bigint not null,
  input_tokens bigint not null,
  output_tokens bigint not null,
  cost_micro_usd bigint not null constraint usage_days_cost_range check (cost_micro_usd >= 0),
  primary key (user_id, day, agent, service_name, unit)
);
select tenancy.declare('public.usage_days', 'day of usage', 'days of usage', 1000000, '{select}', null, '{"agent": 64, "service_name": 64, "unit": 64}',
  beyond => 'kept elsewhere', note => 'one row for each day, agent, service and unit');

-- What calls that are being made may cost at most. A call that never ended is counted until it expires.
create table public.usage_reservations (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  day date not null constraint usage_reservations_day_range check (day >= '1970-01-01' and day < '2200-01-01'),
  service_name text not null,
  endpoint text not null,
  model text,
  agent text not null,
  run_id uuid,
  step text,
  amount_micro_usd bigint not null constraint usage_reservations_amount_range check (amount_micro_usd > 0),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (user_id, id)
);
create index usage_reservations_open on public.usage_reservations (user_id, expires_at);
select tenancy.declare('public.usage_reservations', 'reserved call', 'reserved calls', 20000, '{select}', null,
  '{"service_name": 64, "endpoint": 800, "model": 400, "agent": 64, "step": 800}', beyond => 'oldest go', age => 'expires_at',
  may_go => $$expires_at < now() - interval '2 months'$$, not_imported => 'calls that another installation is making');

-- A tenant's own limits, in millionths of a US dollar, and its switch that ends all calls. Null is no limit beside the plan's.
create table public.budgets (
  user_id uuid not null default auth.uid(),
  month_micro_usd bigint constraint budgets_month_range check (month_micro_usd between 0 and 1000000000000),
  day_micro_usd bigint constraint budgets_day_range check (day_micro_usd between 0 and 1000000000000),
  stopped boolean not null default false,
  stopped_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (user_id)
);
select tenancy.declare('public.budgets', 'budget', 'budgets', 1, '{select,insert,update}', '{month_micro_usd,day_micro_usd,stopped,stopped_at,updated_at}',
  '{}', thing => 'budget', beyond => 'kept elsewhere', note => 'one for each person');
create table public.agent_budgets (
  user_id uuid not null default auth.uid(),
  agent text not null,
  month_micro_usd bigint constraint agent_budgets_month_range check (month_micro_usd between 0 and 1000000000000),
  run_micro_usd bigint constraint agent_budgets_run_range check (run_micro_usd between 0 and 1000000000000),
  updated_at timestamptz not null default now(),
  primary key (user_id, agent)
);
select tenancy.declare('public.agent_budgets', 'agent''s budget', 'agents'' budgets', 100, '{select,insert,update}',
  '{month_micro_usd,run_micro_usd,updated_at}', '{"agent": 64}');

-- Of the whole installation: whether its operator has ended all calls, and the most that a month (in UTC) may cost. The month's sum is
-- kept in parts, so that tenants whose calls end at the same time do not wait for each other.
create table usage.installation (
  only_one boolean primary key default true check (only_one),
  stopped_at timestamptz,
  month_micro_usd bigint check (month_micro_usd >= 0)
);
insert into usage.installation default values;
create table usage.months (
  month date not null,
  part smallint not null,
  cost_micro_usd bigint not null check (cost_micro_usd >= 0),
  primary key (month, part)
);
create table usage.open_calls (
  reservation uuid primary key,
  month date not null,
  amount_micro_usd bigint not null,
  expires_at timestamptz not null
);

-- A zone of a profile as this server knows it; UTC where it knows no such zone.
create function auth.known_zone(zone text) returns text language plpgsql stable set search_path = '' as $f$
begin
  perform now() at time zone zone;
  return zone;
exception when invalid_parameter_value then
  return 'UTC';
end $f$;
revoke all on function auth.known_zone(text) from public;
grant execute on function auth.known_zone(text) to authenticated;

do $$ declare
  spent record;
begin
  alter table public.api_usage_logs no force row level security;
  alter table public.agent_runs no force row level security;
  alter table public.user_profiles no force row level security;
  alter table public.usage_days no force row level security;
  update public.api_usage_logs set unit = case when endpoint like '%/users/by/%' then 'user' else 'post' end;
  update public.api_usage_logs as call set agent = run.agent from public.agent_runs as run where run.user_id = call.user_id and run.id = call.run_id;
  for spent in
    select call.user_id, (call.created_at at time zone auth.known_zone(person.time_zone))::date as day, coalesce(call.agent, '') as agent,
      call.service_name, call.unit, count(*) as calls, sum(call.units) as units, sum(call.cost_micro_usd) as cost
    from public.api_usage_logs as call join public.user_profiles as person on person.user_id = call.user_id
    group by 1, 2, 3, 4, 5
  loop
    insert into public.usage_days (user_id, day, agent, service_name, unit, calls, units, input_tokens, output_tokens, cost_micro_usd)
      values (spent.user_id, spent.day, spent.agent, spent.service_name, spent.unit, spent.calls, spent.units, 0, 0, spent.cost);
  end loop;
  for spent in select date_trunc('month', created_at, 'UTC')::date as month, sum(cost_micro_usd) as cost from public.api_usage_logs group by 1 loop
    insert into usage.months (month, part, cost_micro_usd) values (spent.month, 0, spent.cost);
  end loop;
  alter table public.api_usage_logs force row level security;
  alter table public.agent_runs force row level security;
  alter table public.user_profiles force row level security;
  alter table public.usage_days force row level security;
end $$;

alter table public.user_profiles drop column api_usage_current;
-- The seed's field, in whole cents rounded up: what this month of the person's zone cost so far.
create function public.api_usage_current(profile public.user_profiles) returns integer language sql stable set search_path = '' as $f$
  select least(ceil(coalesce(sum(spent.cost_micro_usd), 0) / 10000), 2147483647)::integer from public.usage_days as spent
  where spent.user_id = (profile).user_id and spent.day >= date_trunc('month', now() at time zone auth.known_zone((profile).time_zone))::date
$f$;
revoke all on function public.api_usage_current(public.user_profiles) from public;
grant execute on function public.api_usage_current(public.user_profiles) to authenticated;

-- Reserves the most that a call can cost, against every limit that applies to it; or tells the first limit that has no room for it, what
-- is left of that limit, and until when. A tenant's reservations are made one after the other, under the lock of its budget; what was
-- spent and is open is read after that, in one statement, so that a call that ends meanwhile is counted exactly once.
create function usage.reserve_as_claimed(person uuid, planned jsonb, amount bigint, valid interval,
  out reservation uuid, out refused text, out limit_micro_usd bigint, out left_micro_usd bigint, out until timestamptz, out renews date)
language plpgsql set search_path = '' as $f$
declare
  call public.usage_reservations := jsonb_populate_record(null::public.usage_reservations, planned);
  own public.budgets;
  agents_own public.agent_budgets;
  whole usage.installation;
  zone text;
  plan_micro_usd bigint;
  today date;
  next_month date;
  moment timestamptz := now();
  month_of_all date := date_trunc('month', moment, 'UTC');
begin
  select * into whole from usage.installation;
  if amount > 0 then
    select * into own from public.budgets b where b.user_id = person for no key update;
    if not found then
      insert into public.budgets (user_id) values (person) on conflict (user_id) do nothing;
      select * into own from public.budgets b where b.user_id = person for no key update;
    end if;
  else
    select * into own from public.budgets b where b.user_id = person;
  end if;
  if whole.stopped_at is not null or own.stopped then
    refused := case when whole.stopped_at is not null then 'installation_stopped' else 'stopped' end;
  elsif amount > 0 then
    select auth.known_zone(p.time_zone), p.api_usage_limit::bigint * 10000 into strict zone, plan_micro_usd from public.user_profiles p where p.user_id = person;
    select * into agents_own from public.agent_budgets b where b.user_id = person and b.agent = call.agent;
    today := (clock_timestamp() at time zone zone)::date;
    next_month := (date_trunc('month', today::timestamp) + interval '1 month')::date;
    select checked.name, checked.most, greatest(checked.most - checked.used, 0), checked.renews, checked.renews::timestamp at time zone zone
      into refused, limit_micro_usd, left_micro_usd, renews, until
    from (
      select coalesce(sum(c.cost), 0) as month, coalesce(sum(c.cost) filter (where c.day = today), 0) as day,
        coalesce(sum(c.cost) filter (where c.agent = call.agent), 0) as agent,
        coalesce(sum(c.cost) filter (where c.run = call.run_id), 0)
          + coalesce((select r.cost_micro_usd from public.agent_runs r where r.user_id = person and r.id = call.run_id), 0) as run
      from (
        select d.cost_micro_usd as cost, d.day, d.agent, null::uuid as run from public.usage_days d
          where d.user_id = person and d.day >= date_trunc('month', today::timestamp)::date
            and d.day < next_month
        union all
        select r.amount_micro_usd, r.day, r.agent, r.run_id from public.usage_reservations r where r.user_id = person and r.expires_at > moment
      ) as c
    ) as spent
    cross join lateral (values
      (1, 'run', agents_own.run_micro_usd, spent.run, null::date),
      (2, 'agent', agents_own.month_micro_usd, spent.agent, next_month),
      (3, 'day', own.day_micro_usd, spent.day, today + 1),
      (4, 'month', own.month_micro_usd, spent.month, next_month),
      (5, 'plan', plan_micro_usd, spent.month, next_month)
    ) as checked (place, name, most, used, renews)
    where checked.used + amount > checked.most
    order by checked.place limit 1;
    if refused is null and whole.month_micro_usd is not null then
      perform i.only_one from usage.installation i for no key update;
      select i.month_micro_usd, greatest(i.month_micro_usd - total.used, 0) into limit_micro_usd, left_micro_usd
      from usage.installation i, (
        select coalesce((select sum(m.cost_micro_usd) from usage.months m where m.month = month_of_all), 0)
          + coalesce((select sum(o.amount_micro_usd) from usage.open_calls o where o.expires_at > moment), 0) as used
      ) as total
      where total.used + amount > i.month_micro_usd;
      if found then
        refused := 'installation';
        until := date_trunc('month', moment, 'UTC') + interval '1 month';
        renews := (until at time zone 'UTC')::date;
      end if;
    end if;
    if refused is null then
      insert into public.usage_reservations as r (user_id, day, service_name, endpoint, model, agent, run_id, step, amount_micro_usd, expires_at)
        values (person, today, call.service_name, call.endpoint, call.model, call.agent, call.run_id, call.step, amount, moment + valid)
        returning r.id into reservation;
      if whole.month_micro_usd is not null then
        insert into usage.open_calls (reservation, month, amount_micro_usd, expires_at)
          values (reserve_as_claimed.reservation, month_of_all, amount, moment + valid);
      end if;
    end if;
  end if;
end $f$;

create function usage.reserve(person uuid, planned jsonb, amount bigint, valid interval,
  out reservation uuid, out refused text, out limit_micro_usd bigint, out left_micro_usd bigint, out until timestamptz, out renews date)
language plpgsql security definer set search_path = '' as $f$
begin
  perform auth.act_as(jsonb_build_object('sub', person, 'role', 'authenticated')::text);
  select * into reservation, refused, limit_micro_usd, left_micro_usd, until, renews from usage.reserve_as_claimed(person, planned, amount, valid);
  perform auth.act_as('');
end $f$;

-- Enters a call that was made, with what it really cost, in place of its reservation. A reservation that is gone was settled before, and
-- nothing is entered again; one that expired is still there. A call without a reservation cost nothing.
create function usage.settle_as_claimed(person uuid, held uuid, ended jsonb) returns boolean
language plpgsql set search_path = '' as $f$
declare
  call public.api_usage_logs := jsonb_populate_record(null::public.api_usage_logs, ended);
  day_of_call date;
  moment timestamptz := now();
begin
  if held is not null then
    delete from public.usage_reservations r where r.user_id = person and r.id = held returning r.day into day_of_call;
    if not found then
      return false;
    end if;
    delete from usage.open_calls o where o.reservation = held;
  else
    select (moment at time zone auth.known_zone(p.time_zone))::date into strict day_of_call from public.user_profiles p where p.user_id = person;
  end if;
  insert into public.api_usage_logs (user_id, service_name, endpoint, model, unit, units, input_tokens, cached_tokens, output_tokens, reasoning_tokens,
      cost_micro_usd, price_id, status, response_time_ms, agent, run_id, step, reservation_id)
    values (person, call.service_name, call.endpoint, call.model, call.unit, call.units, call.input_tokens, call.cached_tokens, call.output_tokens,
      call.reasoning_tokens, call.cost_micro_usd, call.price_id, call.status, call.response_time_ms, call.agent, call.run_id, call.step, held);
  insert into public.usage_days as d (user_id, day, agent, service_name, unit, calls, units, input_tokens, output_tokens, cost_micro_usd)
    values (person, day_of_call, coalesce(call.agent, ''), call.service_name, call.unit, 1, call.units, call.input_tokens, call.output_tokens, call.cost_micro_usd)
    on conflict (user_id, day, agent, service_name, unit) do update set calls = d.calls + 1, units = d.units + excluded.units,
      input_tokens = d.input_tokens + excluded.input_tokens, output_tokens = d.output_tokens + excluded.output_tokens,
      cost_micro_usd = d.cost_micro_usd + excluded.cost_micro_usd;
  if call.cost_micro_usd > 0 then
    update public.agent_runs set cost_micro_usd = cost_micro_usd + call.cost_micro_usd where user_id = person and id = call.run_id;
    insert into usage.months as m (month, part, cost_micro_usd)
      values (date_trunc('month', moment, 'UTC')::date, hashtext(person::text) & 15, call.cost_micro_usd)
      on conflict (month, part) do update set cost_micro_usd = m.cost_micro_usd + excluded.cost_micro_usd;
  end if;
  if random() < 0.005 then
    perform jobs.drop_oldest('api_usage_logs'), jobs.drop_oldest('usage_reservations');
  end if;
  return true;
end $f$;

create function usage.settle(person uuid, held uuid, ended jsonb) returns boolean
language plpgsql security definer set search_path = '' as $f$
declare
  entered boolean;
begin
  perform auth.act_as(jsonb_build_object('sub', person, 'role', 'authenticated')::text);
  entered := usage.settle_as_claimed(person, held, ended);
  perform auth.act_as('');
  return entered;
end $f$;

-- Lets go of a reservation whose call was never sent.
create function usage.release(person uuid, held uuid) returns void
language plpgsql security definer set search_path = '' as $f$
begin
  perform auth.act_as(jsonb_build_object('sub', person, 'role', 'authenticated')::text);
  delete from public.usage_reservations r where r.user_id = person and r.id = held;
  delete from usage.open_calls o where o.reservation = held;
  perform auth.act_as('');
end $f$;

-- The seed's functions, under its names. What one reports of itself is reserved and settled as any call is; a period begins by itself.
create function public.increment_api_usage(p_user_id uuid, p_service_name text, p_cost_cents integer default 1) returns void
language plpgsql security definer set search_path = '' as $f$
declare
  answer record;
begin
  if p_user_id is distinct from auth.uid() then
    raise exception 'usage can be reported for oneself only' using errcode = '42501';
  end if;
  if p_cost_cents is null or p_cost_cents not between 0 and 1000000 or p_service_name is null
    or p_service_name not in ('openai', 'anthropic', 'perplexity', 'x', 'twitter', 'sandbox') then
    raise exception 'only calls of openai, anthropic, perplexity, x, twitter and sandbox are reported, of 0 to 1000000 cents' using errcode = '22023';
  end if;
  select * into answer from usage.reserve_as_claimed(p_user_id, jsonb_build_object('service_name', p_service_name, 'endpoint', 'reported', 'agent', ''),
    p_cost_cents * 10000::bigint, interval '1 minute');
  if answer.refused is not null then
    raise exception 'no budget is left for this: %', answer.refused using errcode = '53400';
  end if;
  perform usage.settle_as_claimed(p_user_id, answer.reservation, jsonb_build_object('service_name', p_service_name, 'endpoint', 'reported', 'agent', '',
    'unit', '', 'units', 0, 'input_tokens', 0, 'cached_tokens', 0, 'output_tokens', 0, 'reasoning_tokens', 0, 'cost_micro_usd', p_cost_cents * 10000::bigint,
    'price_id', 'reported', 'status', 'ok', 'response_time_ms', 0));
end $f$;
create function public.reset_monthly_usage() returns void language sql set search_path = '' as '';
revoke all on function public.increment_api_usage(uuid, text, integer), public.reset_monthly_usage() from public;
grant execute on function public.increment_api_usage(uuid, text, integer), public.reset_monthly_usage() to authenticated;

revoke all on function usage.reserve_as_claimed(uuid, jsonb, bigint, interval), usage.reserve(uuid, jsonb, bigint, interval),
  usage.settle_as_claimed(uuid, uuid, jsonb), usage.settle(uuid, uuid, jsonb), usage.release(uuid, uuid) from public;
grant execute on function usage.reserve(uuid, jsonb, bigint, interval), usage.settle(uuid, uuid, jsonb), usage.release(uuid, uuid) to coral_meter;

drop function usage.record_call(uuid, text, text, integer, bigint, text, integer, uuid);
