-- The warnings that a person has seen: each share of a limit is warned of once in a period.
create table public.usage_warnings (
  user_id uuid not null default auth.uid(),
  period date not null constraint usage_warnings_period_range check (period >= '1970-01-01' and period < '2200-01-01'),
  limit_name text not null constraint usage_warnings_limit_known check (limit_name in ('plan', 'month', 'day', 'agent')),
  agent text not null,
  percent smallint not null constraint usage_warnings_percent_known check (percent in (50, 80, 100)),
  created_at timestamptz not null default now(),
  primary key (user_id, period, limit_name, agent, percent)
);
select tenancy.declare('public.usage_warnings', 'seen warning', 'seen warnings', 10000, '{select,insert}', null, '{"agent": 64}',
  beyond => 'oldest go', age => 'created_at', may_go => $$created_at < now() - interval '2 months'$$);
