-- What a write that carried an Idempotency-Key was answered, so that the same request sent again gets the same answer and
-- does nothing. Kept for a day.
create table public.idempotency_keys (
  user_id uuid not null default auth.uid(),
  key text not null check (length(key) between 1 and 255),
  request_hash bytea not null check (length(request_hash) = 32),
  status smallint,
  content_type text check (length(content_type) <= 100),
  location text check (length(location) <= 1000),
  body bytea check (length(body) <= 1048576),
  created_at timestamptz not null default now(),
  primary key (user_id, key)
);
create index idempotency_keys_oldest on public.idempotency_keys (user_id, created_at);
select tenancy.protect('public.idempotency_keys', '{select,insert,update,delete}', '{status,content_type,location,body}');
