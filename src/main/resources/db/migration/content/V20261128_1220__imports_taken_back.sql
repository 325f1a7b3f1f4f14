-- How many of its posts are removed so far, once an import is being taken back.
alter table public.imports add column removed integer constraint imports_removed_count check (removed >= 0);
grant update (removed) on public.imports to authenticated;
