-- What is approved of a thread is what will be seen of it: its parts and its sources. Its title only names it here.
alter table public.tweet_threads no force row level security;
alter table public.approvals no force row level security;
alter table public.tweet_threads
  drop constraint tweet_threads_text_approved,
  drop column text_hash,
  add column text_hash bytea not null generated always as (public.text_hash(parts, sources)) stored;
comment on column public.tweet_threads.text_hash is 'not exported: computed from the text';
select tenancy.lengths('public.tweet_threads', '{"text_hash": 32}');
update public.tweet_threads set approved_hash = text_hash where status in ('approved', 'scheduled', 'publishing', 'published');
update public.approvals set hash = public.text_hash(parts, sources) where kind = 'thread';
alter table public.tweet_threads
  add constraint tweet_threads_text_approved check (status not in ('approved', 'scheduled', 'publishing', 'published') or approved_hash is not distinct from text_hash);
alter table public.tweet_threads force row level security;
alter table public.approvals force row level security;
