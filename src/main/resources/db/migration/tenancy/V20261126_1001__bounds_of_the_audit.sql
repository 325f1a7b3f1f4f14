select tenancy.lengths('public.audit_log', '{"actor": 400, "action": 100, "subject": 800, "previous_hash": 32, "hash": 32}');
select tenancy.times('public.audit_log');
select tenancy.bound('public.audit_log', 100000000, 'bounded by the day: what is repeated in it is counted in one entry', 'kept elsewhere');
