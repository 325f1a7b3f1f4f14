-- How an import ended and why; none while it runs, for one that was interrupted, and for those of before. A person who stops an import sets it.
alter table public.imports
  add column files integer not null default 1 constraint imports_files_count check (files > 0),
  add column ending text constraint imports_ending_check check (ending in ('complete', 'unreadable', 'stopped', 'failed')),
  add column reason text,
  -- What its page showed, as JSON.
  add column result text;
select tenancy.lengths('public.imports', '{"reason": 2000, "result": 20000}');
grant update (files, ending, reason, result) on public.imports to authenticated;
