revoke update on public.user_api_keys from authenticated;
grant update (encrypted_key, data_key_id, hint, issuer, version, state, state_detail, state_since, is_active, last_used_at, updated_at)
  on public.user_api_keys to authenticated;
