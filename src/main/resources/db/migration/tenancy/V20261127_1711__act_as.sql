-- The one place in the database where the claims of a transaction are set, so that on a distributed server, where a setting reaches the
-- workers only in its own way, this body alone differs. A signature counts for the application's login and nobody else.
create function auth.act_as(claims text, signature text default '') returns void
language plpgsql set search_path = '' as $f$
begin
  perform set_config('request.jwt.claims', claims, true), set_config('coral.claims_signature', signature, true);
end $f$;
revoke all on function auth.act_as(text, text) from public;

-- The functions below are as they were, but set their claims by auth.act_as, read the clock outside a case, coalesce or conflict, and name
-- a column in exists: a distributed server refuses the other forms.
create or replace function auth.provision_person(person uuid, address text, name text) returns void
language plpgsql security definer set search_path = '' as $f$
declare
  before text := current_setting('request.jwt.claims', true);
begin
  perform auth.act_as(jsonb_build_object('sub', person, 'role', 'authenticated')::text);
  insert into public.user_profiles (user_id, email, full_name) values (person, address, nullif(name, ''));
  insert into public.personas (user_id, name, description, tone, is_default)
    values (person, 'Default', 'Professional social media persona', 'professional', true);
  insert into public.agent_logs (user_id, agent_name, action, details)
    values (person, 'system', 'user_created', 'Your account was created, with a profile and a default persona.');
  perform auth.act_as(coalesce(before, ''));
end $f$;

create or replace function audit.append_for(person uuid, action text, subject text, address inet, session uuid) returns void
language plpgsql security definer set search_path = '' as $f$
begin
  perform auth.act_as(jsonb_build_object('sub', person, 'role', 'authenticated')::text);
  perform audit.enter(person, 'person', address, session, array[action], array[subject]);
  perform auth.act_as('');
end $f$;

create or replace function audit.enter(person uuid, actor text, address inet, session uuid, actions text[], subjects text[]) returns void
language plpgsql set search_path = '' as $f$
declare
  today date := (clock_timestamp() at time zone 'UTC')::date;
  origin text := concat_ws(' ', actor, host(address));
  counted audit.counts;
  is_new boolean;
  moment timestamptz;
begin
  insert into audit.heads (user_id, position, hash) values (person, 0, '') on conflict (user_id) do nothing;
  -- One of a tenant at a time, from here to the end of the transaction.
  perform 1 from audit.heads h where h.user_id = person for update;
  perform audit.tell_counted(person, today);
  for i in 1 .. cardinality(actions) loop
    moment := clock_timestamp();
    insert into audit.counts as c (user_id, action, day, told_at) values (person, actions[i], today, moment)
      on conflict (user_id, action) do update set day = today,
        entered = case when c.day = today then c.entered else 0 end, origins = case when c.day = today then c.origins else '{}' end
      returning * into counted;
    is_new := origin <> all (counted.origins) and cardinality(counted.origins) < 20;
    if counted.entered < 200 or is_new then
      perform audit.write(person, actor, actions[i], subjects[i], address, session);
      update audit.counts c set entered = c.entered + 1, told_at = case when c.more = 0 then moment else c.told_at end,
        origins = case when is_new then c.origins || origin else c.origins end
      where c.user_id = person and c.action = actions[i];
    else
      update audit.counts c set more = c.more + 1, more_from = coalesce(c.more_from, moment), more_to = moment,
        actor = enter.actor, subject = subjects[i], address = enter.address, session_id = enter.session
      where c.user_id = person and c.action = actions[i];
    end if;
  end loop;
  perform audit.tell_counted(person, today);
end $f$;

create or replace function usage.record_call(person uuid, service text, call_endpoint text, call_units integer, cost bigint,
  call_status text, took_ms integer, run uuid) returns void
language plpgsql security definer set search_path = '' as $f$
begin
  perform auth.act_as(jsonb_build_object('sub', person, 'role', 'authenticated')::text);
  insert into public.api_usage_logs (user_id, service_name, endpoint, units, cost_micro_usd, status, response_time_ms, run_id)
    values (person, service, call_endpoint, call_units, cost, call_status, took_ms, run);
  update public.user_profiles set api_usage_current = api_usage_current + 1 where user_id = person;
  if cost > 0 then
    update public.agent_runs set cost_micro_usd = cost_micro_usd + cost where user_id = person and id = run;
  end if;
  if random() < 0.005 then
    perform jobs.drop_oldest('api_usage_logs');
  end if;
  perform auth.act_as('');
end $f$;

create or replace function auth.ask_erasure(person uuid, due timestamptz) returns void
language plpgsql security definer set search_path = '' as $f$
declare
  before text := current_setting('request.jwt.claims', true);
  whose bigint;
begin
  perform auth.act_as(jsonb_build_object('sub', person, 'role', 'authenticated')::text);
  update public.user_profiles set erasure_due_at = due where user_id = person;
  if not found then
    raise exception 'nobody to erase' using errcode = '42501';
  end if;
  insert into jobs.scheduled_tasks (task_name, task_instance, execution_time)
  values ('erasure', person::text, due)
  on conflict (task_name, task_instance) do update
    set execution_time = excluded.execution_time, version = scheduled_tasks.version + 1
  returning line into whose;
  perform jobs.stand_in_line('erasure', whose, due);
  perform auth.act_as(coalesce(before, ''));
end $f$;

create or replace function auth.undo_erasure(person uuid) returns boolean
language plpgsql security definer set search_path = '' as $f$
declare
  before text := current_setting('request.jwt.claims', true);
  undone boolean;
begin
  perform auth.act_as(jsonb_build_object('sub', person, 'role', 'authenticated')::text);
  update public.user_profiles set erasure_due_at = null where user_id = person and erasure_due_at is not null;
  undone := found and not exists (select 1 from tenancy.erasures where person_hash = tenancy.person_hash(person::text));
  if undone then
    delete from jobs.scheduled_tasks where task_name = 'erasure' and task_instance = person::text and not picked;
  end if;
  perform auth.act_as(coalesce(before, ''));
  return undone;
end $f$;

create or replace function tenancy.traces(person uuid, address text) returns text[]
language plpgsql stable set search_path = '' as $f$
declare
  searched record;
  found_there boolean;
  traces text[] := '{}';
begin
  for searched in
    select c.oid::regclass as relation, exists (select 1 from pg_catalog.pg_attribute a
      where a.attrelid = c.oid and a.attname = 'user_id' and a.atttypid = 'uuid'::regtype) as of_people
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and pg_catalog.has_table_privilege(c.oid, 'select')
  loop
    if searched.of_people then
      execute format('select exists (select 1 from %s where user_id = $1)', searched.relation) into found_there using person;
    elsif searched.relation = 'auth.users'::regclass then
      found_there := exists (select 1 from auth.users where id = person or lower(email) = lower(address) and deleted_at is not null);
    else
      execute format($q$
        select exists (select 1 from %1$s t
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

create or replace function jobs.erase_some(person uuid, most integer) returns text
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
  perform auth.act_as(jsonb_build_object('sub', person, 'role', 'authenticated')::text);
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
    or exists (select 1 from jobs.scheduled_tasks where task_instance like person || '/%')
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

