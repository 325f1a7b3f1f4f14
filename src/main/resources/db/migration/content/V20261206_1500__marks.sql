-- What of an agent's text is in no source and not in the persona. Null where that was not looked for: in texts from before, and in what an archive brings.
do $do$
declare
  reviewed text;
begin
  foreach reviewed in array array['blogs', 'tweet_threads', 'replies', 'tweets'] loop
    execute format($q$
      alter table public.%1$I add column marks jsonb, add constraint %1$s_marks_list check (jsonb_typeof(marks) = 'array');
      comment on column public.%1$I.marks is 'not exported: found in the text and its sources';
      grant insert (marks), update (marks) on public.%1$I to authenticated;
      alter table public.%1$I no force row level security;
      update public.%1$I set marks = '[]' where written_by is null;
      alter table public.%1$I force row level security
    $q$, reviewed);
    perform tenancy.lengths(format('public.%I', reviewed)::regclass, '{"marks": 64000}');
  end loop;
end $do$;
