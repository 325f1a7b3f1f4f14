-- Supabase's conventions: roles, schema auth and the claims of the running transaction. On a Supabase project all of
-- these exist already and stay as they are.
do $$ begin
  if not exists (select from pg_roles where rolname = 'anon') then create role anon nologin; end if;
  if not exists (select from pg_roles where rolname = 'authenticated') then create role authenticated nologin; end if;
  if not exists (select from pg_roles where rolname = 'service_role') then create role service_role nologin; end if;
end $$;

create schema if not exists auth;
create schema if not exists jobs;
create schema if not exists usage;

-- The claims are the transaction's alone. After one that set them the setting reads '' instead of null.
-- Stable, never immutable: a prepared plan of an immutable one would keep the first tenant it saw. A body that is bound here
-- needs no search_path of its own, which would keep it from being inlined into every policy and every default.
do $$ begin
  if to_regprocedure('auth.uid()') is null then
    create function auth.uid() returns uuid language sql stable
      return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;
  end if;
end $$;

grant usage on schema auth to authenticated, coral_auth;
grant usage on schema public to authenticated;
grant usage on schema jobs to coral_jobs, authenticated;
grant usage on schema usage to coral_meter;
grant execute on function auth.uid() to authenticated;

-- The login role of requests and runs is a member of authenticated and nothing else. The owner is one too, so that
-- policies also let its security definer functions act, for the tenant whose claims they carry.
grant authenticated to coral_tenant;
-- Its statements are led by an index whatever the values are. Left to itself, PostgreSQL plans a list anew each time, because
-- a plan that does not know the bounds looks dearer, and planning takes as long as reading.
alter role coral_tenant set plan_cache_mode = force_generic_plan;
do $$ begin
  if not pg_has_role(current_user, 'authenticated', 'usage') then
    execute format('grant authenticated to %I', current_user);
  end if;
end $$;

-- The one template of a tenant table: its policy, and what the tenant may do with it. Columns narrow an update.
create function tenancy.protect(target regclass, verbs text[], updatable text[] default null) returns void
language plpgsql set search_path = '' as $f$
declare
  verb text;
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant on %s for all to authenticated using (user_id = auth.uid()) with check (user_id = auth.uid())', target);
  execute format('revoke all on %s from public, anon, authenticated', target);
  foreach verb in array verbs loop
    if verb not in ('select', 'insert', 'update', 'delete') then
      raise exception 'not a verb of a tenant: %', verb;
    end if;
    if verb = 'update' and updatable is not null then
      execute format('grant update (%s) on %s to authenticated',
        (select string_agg(quote_ident(c), ', ') from unnest(updatable) as c), target);
    else
      execute format('grant %s on %s to authenticated', verb, target);
    end if;
  end loop;
end $f$;
revoke all on function tenancy.protect(regclass, text[], text[]) from public;

-- Which master key this database was set up with: its name, which tells nothing of the key.
create table tenancy.installation (
  only_one boolean primary key default true check (only_one),
  master_key_id text not null
);
