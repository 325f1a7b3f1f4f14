select tenancy.lengths('public.user_data_keys', '{"wrapped_key": 16384, "master_key_id": 800}');
select tenancy.lengths('public.user_api_keys', '{"encrypted_key": 16384, "state_detail": 2000}');
select tenancy.times('public.user_data_keys');
select tenancy.times('public.user_api_keys');
select tenancy.bound('public.user_data_keys', 1, 'data keys');
select tenancy.bound('public.user_api_keys', 50, 'API keys');
