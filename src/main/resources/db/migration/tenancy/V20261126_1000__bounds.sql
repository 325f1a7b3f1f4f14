-- Every column has a length or a range, and every table a number of rows that a tenant may hold: in the database, so that no way
-- in passes them. Rows from before a bound are brought under it first, which the owner can only do while no policy binds it.

-- Bounds columns, in bytes: '{"name": 320}'. A text that is longer is cut at a character, anything else is cleared.
create function tenancy.lengths(target regclass, longest jsonb) returns void
language plpgsql set search_path = '' as $f$
declare
  name text := (select relname from pg_catalog.pg_class where oid = target);
  col record;
begin
  execute format('alter table %s no force row level security', target);
  for col in
    select a.attname, a.attnotnull, a.atttypid = 'text'::regtype as is_text, (longest ->> a.attname::text)::integer as most,
      format(case when a.atttypid in ('text'::regtype, 'bytea'::regtype) then 'octet_length(%I)' else 'octet_length(%I::text)' end, a.attname) as size
    from pg_catalog.pg_attribute a where a.attrelid = target and longest ? a.attname::text
  loop
    if col.is_text then
      execute format('update %s set %I = left(%2$I, %s) where %s > %s', target, col.attname, col.most / 4, col.size, col.most);
    elsif not col.attnotnull then
      execute format('update %s set %I = null where %s > %s', target, col.attname, col.size, col.most);
    end if;
    execute format('alter table %s add constraint %I check (%s <= %s)', target, name || '_' || col.attname || '_length', col.size, col.most);
  end loop;
  execute format('alter table %s force row level security', target);
end $f$;

-- Gives every time of a table a range that JSON, pages and programs can tell. A time outside it becomes the present, or none
-- where there may be none.
create function tenancy.times(target regclass) returns void
language plpgsql set search_path = '' as $f$
declare
  name text := (select relname from pg_catalog.pg_class where oid = target);
  col record;
begin
  execute format('alter table %s no force row level security', target);
  for col in
    select attname, attnotnull from pg_catalog.pg_attribute
    where attrelid = target and atttypid = 'timestamptz'::regtype and attnum > 0 and not attisdropped
  loop
    execute format('update %s set %I = %s where not (%2$I >= ''1970-01-01 00:00Z'' and %2$I < ''2200-01-01 00:00Z'')',
      target, col.attname, case when col.attnotnull then 'now()' else 'null' end);
    execute format('alter table %s add constraint %I check (%I >= ''1970-01-01 00:00Z'' and %3$I < ''2200-01-01 00:00Z'')',
      target, name || '_' || col.attname || '_range', col.attname);
  end loop;
  execute format('alter table %s force row level security', target);
end $f$;

-- How many rows of each table a tenant may hold, and what happens then. Whoever adds one more is refused, or the oldest rows go;
-- or something else keeps the table within it, and a note says what.
create table tenancy.bounds (
  relation text primary key,
  most bigint not null check (most > 0),
  beyond text not null check (beyond in ('refused', 'oldest go', 'kept elsewhere')),
  -- What the rows are, as a refusal calls them; or the note.
  held text not null,
  -- Of a table whose oldest rows go: the time that tells which they are, and which of them may go at all.
  age text,
  may_go text,
  check ((beyond = 'oldest go') = (age is not null and may_go is not null))
);

create function tenancy.bound(target regclass, most bigint, held text, beyond text default 'refused', age text default null,
  may_go text default null) returns void
language sql set search_path = '' as $f$
  insert into tenancy.bounds (relation, most, beyond, held, age, may_go)
  select relname, most, beyond, held, age, may_go from pg_catalog.pg_class where oid = target
$f$;

revoke all on function tenancy.lengths(regclass, jsonb), tenancy.times(regclass), tenancy.bound(regclass, bigint, text, text, text, text) from public;

-- Removes some of the oldest rows of a table that holds more of this tenant's than its bound, and says how many. What a bound
-- keeps, no call takes away.
create function jobs.drop_oldest(target text) returns bigint
language plpgsql security definer set search_path = '' as $f$
declare
  person uuid := auth.uid();
  bound tenancy.bounds;
  held bigint;
begin
  select * into bound from tenancy.bounds b where b.relation = target and b.beyond = 'oldest go';
  if person is null or bound.relation is null then
    raise exception 'nothing of a tenant whose oldest rows go' using errcode = '42501';
  end if;
  execute format('select count(*) from (select from public.%I where user_id = $1 limit $2) as counted', target)
    into held using person, bound.most + 1000;
  if held > bound.most then
    execute format('delete from public.%1$I where user_id = $1 and ctid = any (array(
        select ctid from public.%1$I where user_id = $1 and (%2$s) order by %3$I limit $2))', target, bound.may_go, bound.age)
      using person, held - bound.most;
    get diagnostics held = row_count;
    return held;
  end if;
  return 0;
end $f$;
revoke all on function jobs.drop_oldest(text) from public;
grant execute on function jobs.drop_oldest(text) to authenticated, coral_meter;
