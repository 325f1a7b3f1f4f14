-- People, in Supabase's shape as far as it is used. On a Supabase project this table exists and stays as it is.
create table if not exists auth.users (
  id uuid primary key default gen_random_uuid(),
  aud text not null default 'authenticated',
  role text not null default 'authenticated',
  email text,
  encrypted_password text,
  email_confirmed_at timestamptz,
  last_sign_in_at timestamptz,
  raw_app_meta_data jsonb not null default '{"provider": "email", "providers": ["email"]}',
  raw_user_meta_data jsonb not null default '{}',
  banned_until timestamptz,
  deleted_at timestamptz,
  is_anonymous boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index if not exists coral_users_email on auth.users (lower(email)) where deleted_at is null;

create table auth.coral_sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  aal text not null default 'aal1' check (aal in ('aal1', 'aal2')),
  amr jsonb not null,
  -- SHA-256 of the browser's cookie, for a session of the pages; null for one of the wire protocol.
  cookie_hash bytea unique,
  user_agent text,
  ip inet,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index coral_sessions_by_user on auth.coral_sessions (user_id, created_at desc);

-- A family of refresh tokens is a session. Only hashes are kept; a spent token stays, so that its reuse is seen.
create table auth.coral_refresh_tokens (
  token_hash bytea primary key,
  session_id uuid not null references auth.coral_sessions (id) on delete cascade,
  parent_hash bytea,
  spent_at timestamptz,
  created_at timestamptz not null default now()
);
create index coral_refresh_tokens_by_session on auth.coral_refresh_tokens (session_id, created_at desc);

-- Signing keys of access tokens; the private half is sealed under the master key.
create table auth.coral_signing_keys (
  kid text primary key,
  public_jwk jsonb not null,
  sealed_private_key bytea not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);

-- The slowest answer an attacker can force: attempts counted by what was tried and from where.
create table auth.coral_attempts (
  subject_hash bytea not null,
  window_start timestamptz not null,
  attempts integer not null default 1,
  primary key (subject_hash, window_start)
);
create index coral_attempts_by_window on auth.coral_attempts (window_start);

grant select, insert, update, delete on auth.users, auth.coral_sessions, auth.coral_refresh_tokens,
  auth.coral_signing_keys, auth.coral_attempts to coral_auth;

-- Tier, limit and usage are not the tenant's to change.
create table public.user_profiles (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  email text not null,
  full_name text check (length(full_name) <= 200),
  company_name text check (length(company_name) <= 200),
  subscription_tier text not null default 'free' check (subscription_tier in ('free', 'pro', 'enterprise')),
  api_usage_limit integer not null default 1000 check (api_usage_limit >= 0),
  api_usage_current integer not null default 0 check (api_usage_current >= 0),
  setup_completed boolean not null default false,
  time_zone text not null default 'UTC',
  locale text not null default 'en',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id)
);
select tenancy.protect('public.user_profiles', '{select,update}', '{full_name,company_name,setup_completed,time_zone,locale,updated_at}');

-- A new person's profile, default persona and first log entry, in the transaction that makes the person. On a Supabase
-- project a trigger on auth.users calls the same function.
create function auth.provision_person(person uuid, address text, name text) returns void
language plpgsql security definer set search_path = '' as $f$
declare
  before text := current_setting('request.jwt.claims', true);
begin
  perform set_config('request.jwt.claims', jsonb_build_object('sub', person, 'role', 'authenticated')::text, true);
  insert into public.user_profiles (user_id, email, full_name) values (person, address, nullif(name, ''));
  insert into public.personas (user_id, name, description, tone, is_default)
    values (person, 'Default', 'Professional social media persona', 'professional', true);
  insert into public.agent_logs (user_id, agent_name, action, details)
    values (person, 'system', 'user_created', 'Your account was created, with a profile and a default persona.');
  perform set_config('request.jwt.claims', coalesce(before, ''), true);
end $f$;
revoke all on function auth.provision_person(uuid, text, text) from public;
grant execute on function auth.provision_person(uuid, text, text) to coral_auth;
