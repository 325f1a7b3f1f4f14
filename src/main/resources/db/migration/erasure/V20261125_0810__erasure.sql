-- When a person has asked for everything of theirs to be erased, and until when they can take that back. Theirs to see, not to set.
alter table public.user_profiles add column erasure_due_at timestamptz;

-- What was erased, for the operator: no name, no address, no id, but a hash that says to whoever still knows the id that it was
-- done. The row is there from the moment the erasing begins, and from then on claims of that person count for nothing.
create table tenancy.erasures (
  person_hash bytea primary key check (length(person_hash) = 32),
  began_at timestamptz not null default now(),
  removed jsonb not null default '{}',
  -- The newest transaction when everything was removed for the first time. Until all older ones are over, one may still add a row.
  fence xid8,
  finished_at timestamptz,
  result text check (result in ('erased')),
  check ((finished_at is null) = (result is null))
);

create function tenancy.person_hash(person text) returns bytea language sql immutable
  return sha256(convert_to(person, 'UTF8'));
revoke all on function tenancy.person_hash(text) from public;

-- As it was, and nobody who is gone or whose erasure has begun: whatever process still works for them can neither read nor write.
-- One query, because it is asked for each row that is written.
do $$ begin
  if (select pg_get_userbyid(proowner) from pg_proc where oid = to_regprocedure('auth.uid()')) = current_user then
    create or replace function auth.uid() returns uuid
    language plpgsql stable security definer set search_path = '' as $f$
    declare
      claims text := nullif(current_setting('request.jwt.claims', true), '');
      claimed uuid := (claims::jsonb ->> 'sub')::uuid;
      person uuid;
    begin
      if session_user <> 'coral_tenant' then
        return claimed;
      end if;
      select u.id into person from auth.users u, tenancy.claims_key k
      where u.id = claimed and u.deleted_at is null
        and sha256(k.outer_pad || sha256(k.inner_pad || convert_to(claims, 'UTF8')))
          = decode(current_setting('coral.claims_signature', true), 'hex');
      return person;
    end $f$;
  end if;
end $$;

-- Marks a person's account for erasure and queues the job that does it, both or neither.
create function auth.ask_erasure(person uuid, due timestamptz) returns void
language plpgsql security definer set search_path = '' as $f$
declare
  before text := current_setting('request.jwt.claims', true);
begin
  perform set_config('request.jwt.claims', jsonb_build_object('sub', person, 'role', 'authenticated')::text, true);
  update public.user_profiles set erasure_due_at = due where user_id = person;
  if not found then
    raise exception 'nobody to erase' using errcode = '42501';
  end if;
  insert into jobs.scheduled_tasks (task_name, task_instance, execution_time, picked, version)
  values ('erasure', person::text, due, false, 1)
  on conflict (task_name, task_instance) do update
    set execution_time = excluded.execution_time, version = scheduled_tasks.version + 1
    where not scheduled_tasks.picked;
  perform set_config('request.jwt.claims', coalesce(before, ''), true);
end $f$;

-- Takes the mark away again; says whether there was one and the erasing had not begun.
create function auth.undo_erasure(person uuid) returns boolean
language plpgsql security definer set search_path = '' as $f$
declare
  before text := current_setting('request.jwt.claims', true);
  undone boolean;
begin
  perform set_config('request.jwt.claims', jsonb_build_object('sub', person, 'role', 'authenticated')::text, true);
  update public.user_profiles set erasure_due_at = null where user_id = person and erasure_due_at is not null;
  undone := found and not exists (select from tenancy.erasures where person_hash = tenancy.person_hash(person::text));
  if undone then
    delete from jobs.scheduled_tasks where task_name = 'erasure' and task_instance = person::text and not picked;
  end if;
  perform set_config('request.jwt.claims', coalesce(before, ''), true);
  return undone;
end $f$;

-- The tables that hold rows of people, as the catalogue has them: those with a secret first, then a table after those that refer
-- to it. The person's own row, auth.users, goes last and by itself.
create function tenancy.tables_of_people() returns setof regclass
language sql stable set search_path = '' as $f$
  with recursive refers(child, parent) as (
    select distinct conrelid, confrelid from pg_catalog.pg_constraint where contype = 'f' and conrelid <> confrelid
  ), owned as (
    select c.oid from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'user_id' and a.atttypid = 'uuid'::regtype and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and pg_catalog.has_table_privilege(c.oid, 'delete')
  ), heights(oid, height) as (
    select oid, 0 from owned
    union select r.parent, h.height + 1 from heights h join refers r on r.child = h.oid where h.height < 20
  ), secrets as (
    select attrelid as oid from pg_catalog.pg_attribute a
    where a.attrelid in (select oid from owned) and a.attnum > 0 and pg_catalog.col_description(a.attrelid, a.attnum) like 'not exported: a secret%'
  ), first(oid) as (
    select oid from secrets union select r.child from first f join refers r on r.parent = f.oid
  )
  select o.oid::regclass from owned o join heights h on h.oid = o.oid
  group by o.oid
  order by o.oid in (select oid from first) desc, max(h.height), o.oid::regclass::text
$f$;
revoke all on function tenancy.tables_of_people() from public;

-- Where a person is still to be found: rows of theirs in tables of people, and any row of the installation's own tables that
-- holds their id or address. What other people wrote is theirs, whatever address stands in it.
create function tenancy.traces(person uuid, address text) returns text[]
language plpgsql stable set search_path = '' as $f$
declare
  searched record;
  found_there boolean;
  traces text[] := '{}';
begin
  for searched in
    select c.oid::regclass as relation, exists (select from pg_catalog.pg_attribute a
      where a.attrelid = c.oid and a.attname = 'user_id' and a.atttypid = 'uuid'::regtype) as of_people
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and pg_catalog.has_table_privilege(c.oid, 'select')
  loop
    if searched.of_people then
      execute format('select exists (select from %s where user_id = $1)', searched.relation) into found_there using person;
    elsif searched.relation = 'auth.users'::regclass then
      found_there := exists (select from auth.users where id = person or lower(email) = lower(address) and deleted_at is not null);
    else
      execute format($q$
        select exists (select from %1$s t
          where (strpos(t::text, $1) > 0 or $2 <> '' and strpos(lower(t::text), $2) > 0)
            and not (%1$L = 'jobs.scheduled_tasks' and to_jsonb(t) ->> 'task_name' = 'erasure' and to_jsonb(t) ->> 'task_instance' = $1))
        $q$, searched.relation) into found_there using person::text, lower(address);
    end if;
    if found_there then
      traces := traces || searched.relation::text;
    end if;
  end loop;
  return traces;
end $f$;
revoke all on function tenancy.traces(uuid, text) from public;

-- One short step of erasing a person who is due, to be called until it says 'done': the first ends their sessions and everything
-- that is planned for them, the next ones remove up to so many rows each, the last one looks for what is left. Says 'waiting'
-- while something that began earlier is not over, and 'not asked' of anybody who has not asked for it.
create function jobs.erase_some(person uuid, most integer) returns text
language plpgsql security definer set search_path = '' as $f$
declare
  hash bytea := tenancy.person_hash(person::text);
  under_way tenancy.erasures;
  owned regclass;
  count_removed bigint;
  due timestamptz;
  address text;
  left_over text[];
begin
  perform set_config('request.jwt.claims', jsonb_build_object('sub', person, 'role', 'authenticated')::text, true);
  select * into under_way from tenancy.erasures where person_hash = hash for update;
  if under_way.finished_at is not null then
    return 'done';
  end if;
  if under_way.person_hash is null then
    select erasure_due_at into due from public.user_profiles where user_id = person for update;
    if due is null then
      return 'not asked';
    elsif due > now() then
      return 'waiting';
    end if;
    insert into tenancy.erasures (person_hash) values (hash);
    update auth.users set deleted_at = now() where id = person;
    delete from auth.coral_sessions where user_id = person;
    delete from jobs.scheduled_tasks where task_instance like person || '/%' and not picked;
    return 'begun';
  end if;

  for owned in select tenancy.tables_of_people() loop
    execute format('delete from %1$s where user_id = $1 and ctid = any (array(select ctid from %1$s where user_id = $1 limit $2))', owned)
      using person, most;
    get diagnostics count_removed = row_count;
    if count_removed > 0 then
      update tenancy.erasures set removed = removed || jsonb_build_object(owned::text,
        coalesce((removed ->> owned::text)::bigint, 0) + count_removed) where person_hash = hash;
      return owned::text;
    end if;
  end loop;

  if under_way.fence is null then
    update tenancy.erasures set fence = pg_current_xact_id() where person_hash = hash;
    return 'waiting';
  end if;
  delete from jobs.scheduled_tasks where task_instance like person || '/%' and not picked;
  if pg_snapshot_xmin(pg_current_snapshot()) <= under_way.fence
    or exists (select from jobs.scheduled_tasks where task_instance like person || '/%')
  then
    return 'waiting';
  end if;
  delete from auth.users where id = person returning email into address;
  left_over := tenancy.traces(person, coalesce(address, ''));
  if left_over <> '{}' then
    raise exception 'something is left in %', array_to_string(left_over, ', ');
  end if;
  update tenancy.erasures set finished_at = now(), result = 'erased', removed = removed || '{"auth.users": 1}' where person_hash = hash;
  return 'done';
end $f$;

revoke all on function auth.ask_erasure(uuid, timestamptz), auth.undo_erasure(uuid), jobs.erase_some(uuid, integer) from public;
grant execute on function auth.ask_erasure(uuid, timestamptz), auth.undo_erasure(uuid) to coral_auth;
grant execute on function jobs.erase_some(uuid, integer) to coral_jobs;
