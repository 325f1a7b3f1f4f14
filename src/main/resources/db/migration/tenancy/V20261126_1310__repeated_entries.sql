-- What somebody repeats all day is entered once for many: of each action the first 200 of a day one by one, and then, at most every
-- ten minutes, how many more there were. An actor or address that is new to an action on that day is entered at once, up to 20.
create table audit.counts (
  user_id uuid not null,
  action text not null,
  day date not null,
  entered integer not null default 0,
  origins text[] not null default '{}',
  told_at timestamptz not null,
  -- Those that were not entered yet, and the last of them.
  more bigint not null default 0,
  more_from timestamptz,
  more_to timestamptz,
  actor text,
  subject text,
  address inet,
  session_id uuid,
  primary key (user_id, action)
);

create function audit.write(person uuid, actor text, action text, subject text, address inet, session uuid) returns void
language plpgsql set search_path = '' as $f$
declare
  head audit.heads;
  moment timestamptz := clock_timestamp();
  fresh bytea;
begin
  select * into strict head from audit.heads where user_id = person;
  fresh := audit.entry_hash(head.hash, person, head.position + 1, moment, actor, action, subject, address, session);
  insert into public.audit_log (user_id, position, at, actor, action, subject, address, session_id, previous_hash, hash)
    values (person, head.position + 1, moment, actor, action, subject, address, session, head.hash, fresh);
  update audit.heads set position = head.position + 1, hash = fresh where user_id = person;
end $f$;

-- Enters, in one for each action, what was only counted until now, once it is ten minutes old or of an earlier day.
create function audit.tell_counted(person uuid, today date) returns void
language plpgsql set search_path = '' as $f$
declare
  counted audit.counts;
begin
  for counted in
    select * from audit.counts c
    where c.user_id = person and c.more > 0 and (c.day < today or c.told_at < clock_timestamp() - interval '10 minutes') order by c.action
  loop
    perform audit.write(person, counted.actor, counted.action,
      left(format('%s more from %s to %s UTC, the last: %s', counted.more, to_char(counted.more_from at time zone 'UTC', 'YYYY-MM-DD HH24:MI'),
        to_char(counted.more_to at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), counted.subject), 200),
      counted.address, counted.session_id);
    update audit.counts c set more = 0, more_from = null, told_at = clock_timestamp() where c.user_id = person and c.action = counted.action;
  end loop;
end $f$;

create or replace function audit.enter(person uuid, actor text, address inet, session uuid, actions text[], subjects text[]) returns void
language plpgsql set search_path = '' as $f$
declare
  today date := (clock_timestamp() at time zone 'UTC')::date;
  origin text := concat_ws(' ', actor, host(address));
  counted audit.counts;
  is_new boolean;
begin
  insert into audit.heads (user_id, position, hash) values (person, 0, '') on conflict (user_id) do nothing;
  -- One of a tenant at a time, from here to the end of the transaction.
  perform from audit.heads h where h.user_id = person for update;
  perform audit.tell_counted(person, today);
  for i in 1 .. cardinality(actions) loop
    insert into audit.counts as c (user_id, action, day, told_at) values (person, actions[i], today, clock_timestamp())
      on conflict (user_id, action) do update set day = today,
        entered = case when c.day = today then c.entered else 0 end, origins = case when c.day = today then c.origins else '{}' end
      returning * into counted;
    is_new := origin <> all (counted.origins) and cardinality(counted.origins) < 20;
    if counted.entered < 200 or is_new then
      perform audit.write(person, actor, actions[i], subjects[i], address, session);
      update audit.counts c set entered = c.entered + 1, told_at = case when c.more = 0 then clock_timestamp() else c.told_at end,
        origins = case when is_new then c.origins || origin else c.origins end
      where c.user_id = person and c.action = actions[i];
    else
      update audit.counts c set more = c.more + 1, more_from = coalesce(c.more_from, clock_timestamp()), more_to = clock_timestamp(),
        actor = enter.actor, subject = subjects[i], address = enter.address, session_id = enter.session
      where c.user_id = person and c.action = actions[i];
    end if;
  end loop;
  perform audit.tell_counted(person, today);
end $f$;

revoke all on function audit.write(uuid, text, text, text, inet, uuid), audit.tell_counted(uuid, date) from public;
