-- Which build of a tenant's indexes is wanted. An index that is of another throws away what it has and is made anew from the rows; so
-- another number here has all processes rebuild theirs. The second column says which build a vector server has.
alter table public.knowledge_heads
  add column build uuid not null default gen_random_uuid(),
  add column shared_build uuid;
grant update (shared_build) on public.knowledge_heads to authenticated;

-- Since when a text waits, where it has no vector yet.
alter table public.knowledge_items add column added_at timestamptz not null default now()
  constraint knowledge_items_added_at_range check (added_at >= '1970-01-01 00:00Z' and added_at < '2200-01-01 00:00Z');

comment on column public.knowledge_vectors.vector is 'not exported: made from the texts';
