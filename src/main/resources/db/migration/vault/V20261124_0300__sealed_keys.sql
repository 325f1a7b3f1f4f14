-- One data key for each tenant, wrapped by the master key whose id stands beside it.
create table public.user_data_keys (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  wrapped_key bytea not null,
  master_key_id text not null,
  created_at timestamptz not null default now(),
  primary key (user_id),
  unique (user_id, id)
);
select tenancy.protect('public.user_data_keys', '{select,insert,update}', '{wrapped_key,master_key_id}');

create table public.user_api_keys (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  service_name text not null check (service_name in ('openai', 'anthropic', 'perplexity', 'twitter_bearer',
    'twitter_api_key', 'twitter_api_secret', 'twitter_access_token', 'twitter_access_token_secret')),
  encrypted_key bytea not null,
  data_key_id uuid not null,
  hint text not null check (length(hint) <= 16),
  issuer text not null default 'service' check (issuer in ('service', 'sandbox')),
  state text not null default 'unchecked' check (state in ('unchecked', 'valid', 'refused', 'unreadable')),
  state_detail text,
  state_since timestamptz not null default now(),
  is_active boolean not null default true,
  last_used_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, id),
  unique (user_id, service_name),
  foreign key (user_id, data_key_id) references public.user_data_keys (user_id, id)
);
select tenancy.protect('public.user_api_keys', '{select,insert,update,delete}');
