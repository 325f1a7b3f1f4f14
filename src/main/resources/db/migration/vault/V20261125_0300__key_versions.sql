-- Counts what was stored under one id, so that a verdict on a key that was replaced meanwhile is not taken for one on its
-- successor. Sealing the same key anew does not count.
alter table public.user_api_keys add column version integer not null default 1;
