select tenancy.lengths('public.api_usage_logs', '{"service_name": 64, "endpoint": 800}');
select tenancy.times('public.api_usage_logs');
-- What this month and the last one cost is never forgotten, however many calls there were.
select tenancy.bound('public.api_usage_logs', 1000000, 'calls', 'oldest go', 'created_at',
  $$created_at < date_trunc('month', now(), 'UTC') - interval '1 month'$$);
