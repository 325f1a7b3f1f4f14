-- What a tenant has spent in the month of a day, and what its open calls may cost at most, whenever they were made: what limits and pages add up.
create function auth.costs_so_far(person uuid, today date) returns table (day date, agent text, run_id uuid, spent bigint, open bigint)
language sql stable set search_path = '' as $f$
  select d.day, d.agent, null::uuid, d.cost_micro_usd, 0::bigint from public.usage_days d
    where d.user_id = person and d.day >= date_trunc('month', today::timestamp)::date
      and d.day < (date_trunc('month', today::timestamp) + interval '1 month')::date
  union all
  select r.day, r.agent, r.run_id, 0::bigint, r.amount_micro_usd from public.usage_reservations r where r.user_id = person and r.expires_at > now()
$f$;
revoke all on function auth.costs_so_far(uuid, date) from public;
grant execute on function auth.costs_so_far(uuid, date) to authenticated;

-- As it was, by that sum.
create or replace function usage.reserve_as_claimed(person uuid, planned jsonb, amount bigint, valid interval,
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
        select so_far.spent + so_far.open as cost, so_far.day, so_far.agent, so_far.run_id as run from auth.costs_so_far(person, today) as so_far
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
