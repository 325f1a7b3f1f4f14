-- An export holds every column of every table of schema public that its tenant may read. What must not leave says so here, in
-- the catalogue; each column of bytes says which it is, and a check fails for one about which nobody has decided.
comment on table public.user_data_keys is 'not exported: the key that seals the secrets, which opens nothing elsewhere';
comment on table public.idempotency_keys is 'not exported: answers kept for a day, so that a request that is sent twice is done once';
comment on column public.user_data_keys.wrapped_key is 'not exported: a secret';
comment on column public.user_api_keys.encrypted_key is 'not exported: a secret';
comment on column public.user_api_keys.data_key_id is 'not exported: names the key that seals the secret';
comment on column public.idempotency_keys.request_hash is 'not exported: of use here only';
comment on column public.idempotency_keys.body is 'not exported: of use here only';
comment on column public.x_accounts.cursor_token is 'exported: where a visit goes on, no secret';
do $$ begin
  if to_regclass('public.audit_log') is not null then
    comment on column public.audit_log.previous_hash is 'exported: shows that no entry is missing';
    comment on column public.audit_log.hash is 'exported: shows that no entry is missing';
  end if;
end $$;
