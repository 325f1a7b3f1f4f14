alter table public.user_profiles no force row level security;
update public.user_profiles set time_zone = 'UTC' where time_zone !~ '^[A-Za-z0-9_+/-]{1,64}$';
update public.user_profiles set locale = 'en' where octet_length(locale) > 64;
alter table public.user_profiles force row level security;
alter table public.user_profiles add constraint user_profiles_time_zone_shape check (time_zone ~ '^[A-Za-z0-9_+/-]{1,64}$');

select tenancy.lengths('public.user_profiles', '{"email": 1024, "time_zone": 64, "locale": 64}');
select tenancy.times('public.user_profiles');
select tenancy.bound('public.user_profiles', 1, 'profiles');

-- What a browser and a person say of themselves.
update auth.coral_sessions set user_agent = left(user_agent, 400) where octet_length(user_agent) > 1600;
alter table auth.coral_sessions
  add constraint coral_sessions_user_agent_length check (octet_length(user_agent) <= 1600),
  add constraint coral_sessions_amr_length check (octet_length(amr::text) <= 4096);
do $$ begin
  -- On a Supabase project auth.users belongs to somebody else and stays as it is.
  if (select pg_get_userbyid(relowner) from pg_class where oid = 'auth.users'::regclass) = current_user then
    alter table auth.users
      add constraint coral_users_email_length check (octet_length(email) <= 1024) not valid,
      add constraint coral_users_metadata_length check (octet_length(raw_user_meta_data::text) <= 16384
        and octet_length(raw_app_meta_data::text) <= 16384) not valid;
  end if;
end $$;
