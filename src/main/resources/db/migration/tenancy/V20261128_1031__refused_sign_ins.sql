-- As before, except that nobody knows who tried to sign in and failed: such an entry is not the person's.
create or replace function audit.append_for(person uuid, action text, subject text, address inet, session uuid) returns void
language plpgsql security definer set search_path = '' as $f$
begin
  perform auth.act_as(jsonb_build_object('sub', person, 'role', 'authenticated')::text);
  perform audit.enter(person, case action when 'session.refused' then 'anonymous' else 'person' end, address, session, array[action], array[subject]);
  perform auth.act_as('');
end $f$;
