-- An attempt is reserved before it is looked at, and counted once there is a verdict. The windows that were under way begin anew.
delete from auth.coral_attempts;
alter table auth.coral_attempts alter column attempts set default 0;
alter table auth.coral_attempts add column pending integer not null default 0;

-- Where a person signed in rightly: browsers by the hash of a cookie that they keep, networks by the hash of their address. What
-- comes from there is counted apart from what strangers try.
create table auth.coral_familiar (
  user_id uuid not null references auth.users (id) on delete cascade,
  kind text not null check (kind in ('browser', 'network')),
  mark_hash bytea not null check (length(mark_hash) = 32),
  -- Wrong passwords from this browser since the last right one.
  wrong integer not null default 0 check (wrong >= 0),
  seen_at timestamptz not null default now(),
  primary key (user_id, kind, mark_hash)
);
grant select, insert, update, delete on auth.coral_familiar to coral_auth;
