select tenancy.times('public.idempotency_keys');
select tenancy.bound('public.idempotency_keys', 10000, 'answers kept for a day');
