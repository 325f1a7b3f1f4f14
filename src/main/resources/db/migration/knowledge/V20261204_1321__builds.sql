-- Which build of a tenant's indexes is wanted. An index that is of another throws away what it has and is made anew from the rows; so
-- another number here has all processes rebuild theirs. The second column says which build a vector server has.
alter table public.knowledge_heads
  add column build uuid not null default gen_random_uuid(),
  add column shared_build uuid;
grant update (shared_build) on public.knowledge_heads to authenticated;
