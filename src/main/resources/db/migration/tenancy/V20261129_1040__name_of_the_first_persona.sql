-- A persona named "Default" that is not the default confuses. The name is free again where nobody chose it.
create or replace function auth.provision_person(person uuid, address text, name text) returns void
language plpgsql security definer set search_path = '' as $f$
declare
  before text := current_setting('request.jwt.claims', true);
begin
  perform auth.act_as(jsonb_build_object('sub', person, 'role', 'authenticated')::text);
  insert into public.user_profiles (user_id, email, full_name) values (person, address, nullif(name, ''));
  insert into public.personas (user_id, name, description, tone, is_default)
    values (person, 'My voice', 'Professional social media persona', 'professional', true);
  insert into public.agent_logs (user_id, agent_name, action, details)
    values (person, 'system', 'user_created', 'Your account was created, with a profile and a default persona.');
  perform auth.act_as(coalesce(before, ''));
end $f$;

alter table public.personas no force row level security;
update public.personas as persona set name = 'My voice' where name = 'Default' and description = 'Professional social media persona'
  and not exists (select other.name from public.personas as other where other.user_id = persona.user_id and lower(other.name) = 'my voice');
alter table public.personas force row level security;
