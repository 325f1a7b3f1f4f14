-- Which master key seals now, for whoever seals something: its name, which tells nothing of the key. Whoever asked keeps a
-- change of the master key waiting until their transaction is over.
create function auth.master_key_id() returns text language sql volatile security definer set search_path = ''
  return (select master_key_id from tenancy.installation);
revoke all on function auth.master_key_id() from public;
grant execute on function auth.master_key_id() to authenticated, coral_auth;
