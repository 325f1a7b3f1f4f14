-- What a payment provider has told of subscriptions. No tenant sees these rows; the plan that comes of them is in the profile.
create table usage.payment_events (
  id text primary key check (length(id) <= 255),
  received_at timestamptz not null default now()
);
create index payment_events_by_time on usage.payment_events (received_at);
create table usage.customers (
  customer text primary key check (length(customer) <= 255),
  user_id uuid not null references auth.users (id) on delete cascade
);
create index customers_of_person on usage.customers (user_id);
create table usage.subscriptions (
  id text primary key check (length(id) <= 255),
  customer text not null check (length(customer) <= 255),
  plan text references usage.plans (name),
  told_at timestamptz not null
);
create index subscriptions_of_customer on usage.subscriptions (customer);

-- Takes in an event, once. A customer belongs to the first person it is told for. Of a subscription the newest event counts, whichever comes
-- last; its plan is null while it is not paid for. Then the person has the best plan that one of their subscriptions pays for, or the
-- smallest. Returns whose plan changed by it.
create function usage.take_payment_event(event text, told timestamptz, whose text, person uuid, subscription text, paid_plan text) returns uuid
language plpgsql security definer set search_path = '' as $f$
declare
  owner uuid;
  best usage.plans;
  changed boolean;
begin
  insert into usage.payment_events (id) values (event) on conflict (id) do nothing;
  if not found then
    return null;
  end if;
  delete from usage.payment_events where id in (select e.id from usage.payment_events e where e.received_at < now() - interval '90 days' limit 100);
  if person is not null then
    insert into usage.customers (customer, user_id) select whose, u.id from auth.users u where u.id = person and u.deleted_at is null
      on conflict (customer) do nothing;
  end if;
  if subscription is not null then
    insert into usage.subscriptions as s (id, customer, plan, told_at) values (subscription, whose, paid_plan, told)
      on conflict (id) do update set plan = excluded.plan, told_at = excluded.told_at where s.told_at <= excluded.told_at;
  end if;
  select c.user_id into owner from usage.customers c where c.customer = whose;
  if owner is null then
    return null;
  end if;
  perform auth.act_as(jsonb_build_object('sub', owner, 'role', 'authenticated')::text);
  -- One event of a person after the other, so that each sees what the one before told.
  perform 1 from public.user_profiles p where p.user_id = owner for update;
  select p.* into best from usage.plans p
    where p.name in (select s.plan from usage.subscriptions s join usage.customers c on c.customer = s.customer where c.user_id = owner)
    order by p.month_cents desc, p.name limit 1;
  if best.name is null then
    select p.* into best from usage.plans p order by p.month_cents, p.name limit 1;
  end if;
  update public.user_profiles p set subscription_tier = best.name, api_usage_limit = best.month_cents
    where p.user_id = owner and p.subscription_tier <> best.name;
  changed := found;
  if changed then
    perform usage.keep_within_plan(owner);
    perform audit.enter(owner, 'system', null, null, array['plan.changed'], array[best.name]);
  end if;
  perform auth.act_as('');
  return case when changed then owner end;
end $f$;
revoke all on function usage.take_payment_event(text, timestamptz, text, uuid, text, text) from public;
grant execute on function usage.take_payment_event(text, timestamptz, text, uuid, text, text) to coral_meter;
