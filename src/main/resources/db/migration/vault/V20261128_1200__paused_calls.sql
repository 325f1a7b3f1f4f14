-- Calls with a key pause while its plan does not cover them. pauses counts the refusals in a row, so that each pause is longer.
alter table public.user_api_keys
  add column paused_until timestamptz
    constraint user_api_keys_paused_until_range check (paused_until >= '1970-01-01 00:00Z' and paused_until < '2200-01-01 00:00Z'),
  add column pauses smallint not null default 0 constraint user_api_keys_pauses_range check (pauses between 0 and 100),
  add column pause_detail text;
grant update (paused_until, pauses, pause_detail) on public.user_api_keys to authenticated;
select tenancy.lengths('public.user_api_keys', '{"pause_detail": 2000}');
