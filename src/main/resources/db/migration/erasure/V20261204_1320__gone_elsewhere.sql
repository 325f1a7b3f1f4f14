-- As it was, but nobody is erased before what is kept of them outside the database is gone too: the worker removes it when it is told
-- "elsewhere", and says so.
drop function jobs.erase_some(uuid, integer);
create function jobs.erase_some(person uuid, most integer, is_gone_elsewhere boolean) returns text
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
  -- Nobody can add anything in the person's name any more, so that what is removed outside the database now is removed for good.
  if not is_gone_elsewhere then
    return 'elsewhere';
  end if;
  delete from auth.users where id = person returning email into address;
  left_over := tenancy.traces(person, coalesce(address, ''));
  if left_over <> '{}' then
    raise exception 'something is left in %', array_to_string(left_over, ', ');
  end if;
  update tenancy.erasures set finished_at = now(), result = 'erased', removed = removed || '{"auth.users": 1}' where person_hash = hash;
  return 'done';
end $f$;
revoke all on function jobs.erase_some(uuid, integer, boolean) from public;
grant execute on function jobs.erase_some(uuid, integer, boolean) to coral_jobs;
