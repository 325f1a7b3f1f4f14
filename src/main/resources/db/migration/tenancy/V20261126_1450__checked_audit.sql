-- Looks at up to so many entries of the audit of the tenant of the claims, from the one after this on: how far it came, the
-- first entry that was altered or after which one is missing, and whether it was the end. Tells nobody of another's.
create function audit.first_break(after bigint, most integer, out checked bigint, out broken bigint, out is_end boolean)
language plpgsql stable security definer set search_path = '' as $f$
declare
  person uuid := auth.uid();
  dropped audit.dropped;
  newest audit.heads;
  entry public.audit_log;
  before_hash bytea;
  looked_at integer := 0;
begin
  if person is null then
    raise exception 'nobody to look at this for' using errcode = '42501';
  end if;
  select * into dropped from audit.dropped where user_id = person;
  select * into newest from audit.heads where user_id = person;
  checked := greatest(after, coalesce(dropped.position, 0));
  is_end := false;
  if checked > coalesce(dropped.position, 0) then
    select hash into before_hash from public.audit_log where user_id = person and position = checked;
    if not found then
      broken := checked;
      return;
    end if;
  else
    before_hash := coalesce(dropped.hash, '');
  end if;
  for entry in select * from public.audit_log where user_id = person and position > checked order by position limit most loop
    if entry.position <> checked + 1 or entry.previous_hash <> before_hash or entry.hash <> audit.entry_hash(entry.previous_hash, entry.user_id,
      entry.position, entry.at, entry.actor, entry.action, entry.subject, entry.address, entry.session_id)
    then
      broken := entry.position;
      return;
    end if;
    checked := entry.position;
    before_hash := entry.hash;
    looked_at := looked_at + 1;
  end loop;
  is_end := looked_at < most;
  if is_end and (checked, before_hash) is distinct from
    (greatest(coalesce(newest.position, 0), coalesce(dropped.position, 0)),
     case when coalesce(newest.position, 0) > coalesce(dropped.position, 0) then newest.hash else coalesce(dropped.hash, '') end)
  then
    broken := greatest(checked, coalesce(newest.position, 0));
  end if;
end $f$;
revoke all on function audit.first_break(bigint, integer) from public;
grant execute on function audit.first_break(bigint, integer) to authenticated;
