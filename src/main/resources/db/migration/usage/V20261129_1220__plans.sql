-- What a plan allows in a month, in cents: a profile gets this limit with its plan, and the operator may set another for one person.
create table usage.plans (
  name text primary key check (name in ('free', 'pro', 'enterprise')),
  month_cents integer not null check (month_cents >= 0)
);
insert into usage.plans (name, month_cents) values ('free', 1000), ('pro', 5000), ('enterprise', 50000);

-- The few calls that were charged by the dearest price of their service, because their model has none.
create index api_usage_logs_without_price on public.api_usage_logs (user_id, service_name, model) where price_id like 'assumed:%';
