-- With what key the door signs whose work it is. Only the owner may read it, so a statement that runs as the application's
-- login role can change its claims but not sign them. The two pads are those of HMAC (RFC 2104), ready to be hashed.
create table tenancy.claims_key (
  only_one boolean primary key default true check (only_one),
  inner_pad bytea not null check (length(inner_pad) = 64),
  outer_pad bytea not null check (length(outer_pad) = 64)
);

-- Whoever logs in as the application must have signed its claims; they count for nothing otherwise. Other logins, which no
-- request of the product ever is, say whose work it is as everywhere with Supabase. It is session_user that decides, which
-- no statement can change. Where auth.uid() belongs to somebody else, as on a Supabase project, it stays as it is.
do $$ begin
  if (select pg_get_userbyid(proowner) from pg_proc where oid = to_regprocedure('auth.uid()')) = current_user then
    create or replace function auth.uid() returns uuid
    language plpgsql stable security definer set search_path = '' as $f$
    declare
      claims text := nullif(current_setting('request.jwt.claims', true), '');
    begin
      if session_user = 'coral_tenant' and not exists (
        select from tenancy.claims_key
        where sha256(outer_pad || sha256(inner_pad || convert_to(claims, 'UTF8')))
          = decode(current_setting('coral.claims_signature', true), 'hex'))
      then
        return null;
      end if;
      return (claims::jsonb ->> 'sub')::uuid;
    end $f$;
    revoke all on function auth.uid() from public;
    grant execute on function auth.uid() to authenticated, coral_auth;
  end if;
end $$;
