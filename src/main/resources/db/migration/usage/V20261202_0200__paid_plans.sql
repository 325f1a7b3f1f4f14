-- Stripe tells the time of an event in whole seconds, and the events of one checkout come within one, in any order. A subscription that ended
-- never comes back. The metadata of one can name another person than its customer.
alter table usage.subscriptions
  add column told_rank smallint not null default 1 constraint subscriptions_told_rank_known check (told_rank in (0, 1, 2)),
  add column user_id uuid references auth.users (id) on delete cascade;
create index subscriptions_of_person on usage.subscriptions (user_id) where user_id is not null;

-- What subscriptions pay for at present, and which plan the person had before they did. A plan that the operator gives beside it is not in here.
create table usage.paid_plans (
  user_id uuid primary key references auth.users (id) on delete cascade,
  plan text not null references usage.plans (name),
  before text not null references usage.plans (name)
);
insert into usage.paid_plans (user_id, plan, before)
select distinct on (c.user_id) c.user_id, p.name, (select q.name from usage.plans q order by q.month_cents, q.name limit 1)
from usage.customers c join usage.subscriptions s on s.customer = c.customer join usage.plans p on p.name = s.plan
order by c.user_id, p.month_cents desc, p.name;

drop function usage.take_payment_event(text, timestamptz, text, uuid, text, text);

-- Takes in an event, once. A customer belongs to the first person it is told for, and a subscription to the person whom it names itself, or
-- else to its customer's. Of a subscription the newest event counts, whichever comes last (rank: 0 begins it, 1 changes it, 2 ends it for
-- good); of two that happened at once the one that pays. It pays for the largest of its plans, or for none. A person whose subscriptions
-- begin to pay for something gets the largest of their plans, unless the operator gave them a larger one; when none pays any more, the plan
-- that they had before, unless the operator gave them another. Returns whose plan changed.
create function usage.take_payment_event(event text, told timestamptz, rank integer, whose text, person uuid, subscription text, paid_plans text[]) returns uuid
language plpgsql security definer set search_path = '' as $f$
declare
  owner uuid;
  paid usage.plans;
  had usage.paid_plans;
  has usage.plans;
  wanted usage.plans;
begin
  insert into usage.payment_events (id) values (event) on conflict (id) do nothing;
  if not found then
    return null;
  end if;
  delete from usage.payment_events where id in (select e.id from usage.payment_events e where e.received_at < now() - interval '90 days' limit 100);
  if person is not null then
    select u.id into person from auth.users u where u.id = person and u.deleted_at is null;
  end if;
  if person is not null then
    insert into usage.customers (customer, user_id) values (whose, person) on conflict (customer) do nothing;
  end if;
  if subscription is not null then
    select p.* into paid from usage.plans p where p.name = any(paid_plans) order by p.month_cents desc, p.name limit 1;
    insert into usage.subscriptions as s (id, customer, plan, told_at, told_rank, user_id) values (subscription, whose, paid.name, told, rank, person)
      on conflict (id) do update set plan = excluded.plan, told_at = excluded.told_at, told_rank = excluded.told_rank, user_id = coalesce(excluded.user_id, s.user_id)
      where s.told_rank < 2 and (excluded.told_rank = 2 or (s.told_at, s.told_rank, s.plan is not null) <= (excluded.told_at, excluded.told_rank, excluded.plan is not null));
    select s.user_id into owner from usage.subscriptions s where s.id = subscription;
  end if;
  if owner is null then
    select c.user_id into owner from usage.customers c where c.customer = whose;
  end if;
  if owner is null then
    return null;
  end if;
  perform auth.act_as(jsonb_build_object('sub', owner, 'role', 'authenticated')::text);
  -- One event of a person after the other, so that each sees what the one before told.
  select p.* into has from public.user_profiles profile join usage.plans p on p.name = profile.subscription_tier where profile.user_id = owner for update of profile;
  select p.* into paid from usage.plans p where p.name in (
      select s.plan from usage.subscriptions s where s.user_id = owner
      union all
      select s.plan from usage.customers c join usage.subscriptions s on s.customer = c.customer where c.user_id = owner and s.user_id is null)
    order by p.month_cents desc, p.name limit 1;
  select * into had from usage.paid_plans p where p.user_id = owner;
  if paid.name is not distinct from had.plan then
    null;
  elsif paid.name is null then
    delete from usage.paid_plans p where p.user_id = owner;
    if has.name = had.plan then
      select p.* into wanted from usage.plans p where p.name = had.before;
    end if;
  else
    insert into usage.paid_plans as p (user_id, plan, before) values (owner, paid.name, has.name)
      on conflict (user_id) do update set plan = excluded.plan, before = case when has.name = p.plan then p.before else has.name end;
    if has.name is not distinct from had.plan or has.month_cents < paid.month_cents then
      wanted := paid;
    end if;
  end if;
  if wanted.name is not null and wanted.name <> has.name then
    update public.user_profiles p set subscription_tier = wanted.name, api_usage_limit = wanted.month_cents where p.user_id = owner;
    perform usage.keep_within_plan(owner);
    perform audit.enter(owner, 'system', null, null, array['plan.changed'], array[wanted.name]);
  else
    owner := null;
  end if;
  perform auth.act_as('');
  return owner;
end $f$;
revoke all on function usage.take_payment_event(text, timestamptz, integer, text, uuid, text, text[]) from public;
grant execute on function usage.take_payment_event(text, timestamptz, integer, text, uuid, text, text[]) to coral_meter;
