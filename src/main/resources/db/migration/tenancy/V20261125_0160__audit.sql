-- Who changed what of a tenant's data, or read one of its secrets, when and from where. Entries of a tenant are numbered and
-- each holds the hash of the one before, so that one that was altered or taken away is found. Nobody but the functions below
-- adds any, and no role of the running product changes or deletes one; months that are too old are dropped by the owner.
create schema audit;
grant usage on schema audit to authenticated, coral_auth;

create table public.audit_log (
  user_id uuid not null default auth.uid(),
  position bigint not null,
  at timestamptz not null,
  actor text not null check (length(actor) <= 100),
  action text not null check (action ~ '^[a-z_]{1,40}\.[a-z_]{1,40}$'),
  subject text not null check (length(subject) <= 200),
  address inet,
  session_id uuid,
  previous_hash bytea not null,
  hash bytea not null,
  primary key (user_id, at, position)
) partition by range (at);
create index audit_log_newest on public.audit_log (user_id, position desc);
create table audit.log_other partition of public.audit_log default;
select tenancy.protect('public.audit_log', '{select}');

-- The newest entry of each tenant, and the newest of those that were dropped with their month.
create table audit.heads (
  user_id uuid primary key,
  position bigint not null,
  hash bytea not null
);
create table audit.dropped (like audit.heads including all);

create function audit.entry_hash(previous bytea, person uuid, place bigint, at timestamptz, actor text, action text, subject text,
  address inet, session uuid) returns bytea language sql stable
  return sha256(convert_to(jsonb_build_array(encode(previous, 'hex'), person, place, (extract(epoch from at) * 1000000)::bigint,
    actor, action, subject, host(address), session)::text, 'UTF8'));

create function audit.enter(person uuid, actor text, address inet, session uuid, actions text[], subjects text[]) returns void
language plpgsql set search_path = '' as $f$
declare
  head audit.heads;
  moment timestamptz;
  fresh bytea;
begin
  insert into audit.heads (user_id, position, hash) values (person, 0, '') on conflict (user_id) do nothing;
  select * into head from audit.heads where user_id = person for update;
  for i in 1 .. cardinality(actions) loop
    moment := clock_timestamp();
    fresh := audit.entry_hash(head.hash, person, head.position + 1, moment, actor, actions[i], subjects[i], address, session);
    insert into public.audit_log (user_id, position, at, actor, action, subject, address, session_id, previous_hash, hash)
      values (person, head.position + 1, moment, actor, actions[i], subjects[i], address, session, head.hash, fresh);
    head.position := head.position + 1;
    head.hash := fresh;
  end loop;
  update audit.heads set position = head.position, hash = head.hash where user_id = person;
end $f$;

-- Enters what the tenant of the claims did. Who acted and from where stands in the claims, which only the door can sign.
create function audit.append(actions text[], subjects text[]) returns void
language plpgsql security definer set search_path = '' as $f$
declare
  person uuid := auth.uid();
  claims jsonb;
begin
  if person is null then
    raise exception 'nobody to enter this for' using errcode = '42501';
  end if;
  claims := current_setting('request.jwt.claims', true)::jsonb;
  perform audit.enter(person, coalesce(claims ->> 'actor', 'system'), (claims ->> 'address')::inet, (claims ->> 'session')::uuid, actions, subjects);
end $f$;

-- Enters what somebody did to a person's account: signing in, a new password.
create function audit.append_for(person uuid, action text, subject text, address inet, session uuid) returns void
language plpgsql security definer set search_path = '' as $f$
begin
  perform set_config('request.jwt.claims', jsonb_build_object('sub', person, 'role', 'authenticated')::text, true);
  perform audit.enter(person, 'person', address, session, array[action], array[subject]);
  perform set_config('request.jwt.claims', '', true);
end $f$;

revoke all on function audit.entry_hash(bytea, uuid, bigint, timestamptz, text, text, text, inet, uuid),
  audit.enter(uuid, text, inet, uuid, text[], text[]), audit.append(text[], text[]), audit.append_for(uuid, text, text, inet, uuid) from public;
grant execute on function audit.append(text[], text[]) to authenticated;
grant execute on function audit.append_for(uuid, text, text, inet, uuid) to coral_auth;
