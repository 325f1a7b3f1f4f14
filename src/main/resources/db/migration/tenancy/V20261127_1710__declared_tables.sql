-- What there is to know of a tenant table, in one row, which the migration of the table makes in one call: what people call its
-- rows, how many a tenant may hold, how long they are kept, and whether they leave in an export and come back in an import.
alter table tenancy.bounds rename to tables;
alter table tenancy.tables rename column held to many;
alter table tenancy.tables
  add column one text,
  -- The word for the table in the actions of the audit: the post of post.written.
  add column thing text unique,
  -- Rows older than this are removed; those of a table without it stay until their tenant removes them or the bound does.
  add column kept interval,
  add column not_exported text,
  add column not_imported text,
  -- How rows are bounded where neither a refusal nor the age of a row does it.
  add column note text;

update tenancy.tables set note = many where beyond = 'kept elsewhere';
update tenancy.tables t set one = d.one, many = d.many, thing = d.thing, kept = d.kept, not_exported = d.not_exported, note = coalesce(d.note, t.note)
from (values
  ('agent_logs', 'log entry', 'log entries', null, null::interval, null, null),
  ('agent_run_steps', 'step of a run', 'steps of runs', null, null, null, 'go with their run, which has a thousand at most'),
  ('agent_runs', 'run', 'runs', 'run', null, null, null),
  ('agent_schedules', 'schedule', 'schedules', 'schedule', null, null, null),
  ('api_usage_logs', 'call', 'calls', null, null, null, 'those of this month and the last one stay, however many they are'),
  ('audit_log', 'audit entry', 'audit entries', null, null, null, 'what is repeated on a day is counted in one entry'),
  ('idempotency_keys', 'kept answer', 'kept answers', null, '1 day',
    'answers kept for a day, so that a request that is sent twice is done once', 'a write with one more key is refused'),
  ('personas', 'persona', 'personas', 'persona', null, null, null),
  ('tweets', 'post', 'posts', 'post', null, null, null),
  ('tweets_cache', 'collected or imported post', 'collected and imported posts', 'posts', null, null, null),
  ('user_api_keys', 'API key', 'API keys', 'api_key', null, null, null),
  ('user_data_keys', 'data key', 'data keys', null, null, 'the key that seals the secrets, which opens nothing elsewhere', null),
  ('user_profiles', 'profile', 'profiles', 'profile', null, null, null),
  ('x_accounts', 'account on X', 'accounts on X', 'account', null, null, null)
) as d (relation, one, many, thing, kept, not_exported, note)
where t.relation = d.relation;
update tenancy.tables set one = many where one is null;

alter table tenancy.tables
  alter column one set not null,
  add constraint tables_note_given check ((beyond = 'kept elsewhere') <= (note is not null));
comment on table public.user_data_keys is null;
comment on table public.idempotency_keys is null;

drop function tenancy.bound(regclass, bigint, text, text, text, text);

-- Makes a table one of tenants: its policy and what the tenant may do with it (verbs; of an update, which columns), a length in
-- bytes for each column of text, arrays, JSON or bytes, a range for each time, and its row in tenancy.tables.
create function tenancy.declare(target regclass, one text, many text, most bigint, verbs text[], updatable text[] default null,
  lengths jsonb default '{}', thing text default null, beyond text default 'refused', age text default null, may_go text default null,
  kept interval default null, not_exported text default null, not_imported text default null, note text default null) returns void
language sql set search_path = '' as $f$
  select tenancy.protect(target, verbs, updatable);
  select tenancy.lengths(target, lengths);
  select tenancy.times(target);
  insert into tenancy.tables (relation, one, many, most, thing, beyond, age, may_go, kept, not_exported, not_imported, note)
  select relname, one, many, most, thing, beyond, age, may_go, kept, not_exported, not_imported, note from pg_catalog.pg_class where oid = target
$f$;
revoke all on function tenancy.declare(regclass, text, text, bigint, text[], text[], jsonb, text, text, text, text, interval, text, text, text) from public;

-- As it was, over the table's new name.
create or replace function jobs.drop_oldest(target text) returns bigint
language plpgsql security definer set search_path = '' as $f$
declare
  person uuid := auth.uid();
  bound tenancy.tables;
  held bigint;
begin
  select * into bound from tenancy.tables t where t.relation = target and t.beyond = 'oldest go';
  if person is null or bound.relation is null then
    raise exception 'nothing of a tenant whose oldest rows go' using errcode = '42501';
  end if;
  execute format('select count(*) from (select 1 from public.%I where user_id = $1 limit $2) as counted', target)
    into held using person, bound.most + 1000;
  if held > bound.most then
    execute format('delete from public.%1$I where user_id = $1 and (%2$s) and ctid = any (array(
        select ctid from public.%1$I where user_id = $1 and (%2$s) order by %3$I limit $2))', target, bound.may_go, bound.age)
      using person, held - bound.most;
    get diagnostics held = row_count;
    return held;
  end if;
  return 0;
end $f$;
