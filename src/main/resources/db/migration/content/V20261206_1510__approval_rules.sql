-- What a person lets be approved without them, of what an agent wrote and nobody has edited. A rule is made switched off.
create table public.approval_rules (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  name text not null constraint approval_rules_name_given check (btrim(name) <> ''),
  enabled boolean not null default false,
  -- What a critique must give for each criterion at least. Only blog posts are judged.
  min_score integer constraint approval_rules_min_score_range check (min_score between 0 and 100),
  max_characters integer constraint approval_rules_max_characters_range check (max_characters between 1 and 50000),
  max_parts integer constraint approval_rules_max_parts_range check (max_parts between 1 and 25),
  kind text not null constraint approval_rules_kind_known check (kind in ('blog', 'thread', 'reply', 'tweet')),
  -- The agent whose texts it approves; null for any.
  agent text constraint approval_rules_agent_given check (agent <> ''),
  -- Whether it approves texts with links; all of them are links of sources.
  links boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, id),
  constraint approval_rules_score_of_blog_posts check (min_score is null or kind = 'blog'),
  constraint approval_rules_parts_of_threads check (max_parts is null or kind = 'thread')
);
create unique index approval_rules_by_name on public.approval_rules (user_id, lower(name));
create index approval_rules_by_kind on public.approval_rules (user_id, kind, created_at, id);
select tenancy.declare('public.approval_rules', 'approval rule', 'approval rules', 50, '{select,update,delete}',
  '{name,enabled,kind,agent,min_score,max_characters,max_parts,links,updated_at}', thing => 'approval_rule', lengths => '{"name": 240, "kind": 20, "agent": 64}');
-- No archive brings one that is switched on.
grant insert (user_id, id, name, kind, agent, min_score, max_characters, max_parts, links, created_at, updated_at) on public.approval_rules to authenticated;

-- Why an approval counts no more, and who made it so.
alter table public.approvals
  add column voided_by text,
  add column voided_why text constraint approvals_voided_why_known check (voided_why in ('changed', 'withdrawn', 'failed')),
  drop constraint approvals_approved_by_length;
select tenancy.lengths('public.approvals', '{"approved_by": 250, "voided_by": 100, "voided_why": 20}');

-- As before, and it enters who voids an approval and why: 'changed' where new words follow.
drop function public.move_text(text, uuid, text);
create function public.move_text(kind text, which uuid, wanted text, why text default null) returns void
language plpgsql security definer set search_path = '' as $f$
declare
  person uuid := auth.uid();
  actor text := nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'actor';
  acting text[] := case when actor = 'person' then '{person}' when actor in ('system', 'agent tweet-posting') then '{agent,publisher}'
    when actor like 'agent %' then '{agent}' else '{}' end;
  binding constant text[] := '{approved,scheduled,publishing,published}';
  target text := case kind when 'blog' then 'blogs' when 'thread' then 'tweet_threads' when 'reply' then 'replies' when 'tweet' then 'tweets' end;
  seen text := case kind when 'blog' then 'title, array[content]' when 'thread' then 'title, parts' else 'null::text, array[content]' end;
  present record;
  hash bytea;
begin
  if person is null or target is null then
    raise exception 'nobody whose text this is' using errcode = '42501';
  end if;
  execute format('select status, written_by, approved_hash, text_hash, sources, v.title, v.parts from public.%I t, lateral (select %s) as v (title, parts)
    where t.user_id = $1 and t.id = $2 for update of t', target, seen) into present using person, which;
  if present.status is null then
    raise exception 'no such text' using errcode = 'P0002';
  end if;
  if not exists (select 1 from (values
      ('person', 'draft', 'in_review'), ('person', 'in_review', 'approved'), ('person', 'in_review', 'changes_wanted'), ('person', 'in_review', 'rejected'),
      ('person', 'in_review', 'draft'), ('person', 'changes_wanted', 'in_review'), ('person', 'changes_wanted', 'draft'), ('person', 'approved', 'scheduled'),
      ('person', 'approved', 'draft'), ('person', 'scheduled', 'approved'), ('person', 'scheduled', 'draft'), ('person', 'rejected', 'draft'),
      ('person', 'failed', 'draft'), ('person', 'draft', 'scheduled'),
      ('agent', 'draft', 'in_review'), ('agent', 'draft', 'changes_wanted'), ('agent', 'draft', 'rejected'), ('agent', 'in_review', 'changes_wanted'),
      ('agent', 'in_review', 'rejected'), ('agent', 'changes_wanted', 'in_review'), ('agent', 'changes_wanted', 'rejected'),
      ('publisher', 'scheduled', 'publishing'), ('publisher', 'publishing', 'published'), ('publisher', 'publishing', 'scheduled'), ('publisher', 'publishing', 'failed')
    ) as steps (who, before, after) where steps.who = any (acting) and before = present.status and after = wanted)
    or (present.status, wanted) = ('draft', 'scheduled') and present.written_by is not null
    or actor like 'agent %' and present.written_by is null and wanted not in ('publishing', 'published', 'failed')
  then
    raise exception '% moves no text from % to %', coalesce(actor, 'nobody'), present.status, wanted using errcode = '23514';
  end if;
  hash := case when wanted = any (binding) then case when present.status = any (binding) then present.approved_hash else present.text_hash end end;
  execute format('update public.%I set status = $3, approved_hash = $4, updated_at = now() where user_id = $1 and id = $2', target)
    using person, which, wanted, hash;
  if wanted = any (binding) and present.status <> all (binding) then
    perform public.enter_approval(move_text.kind, which, present.text_hash, present.title, present.parts, present.sources, actor);
  elsif wanted <> all (binding) and present.status = any (binding) then
    update public.approvals a set voided_at = now(), voided_by = actor, voided_why = case when wanted = 'failed' then 'failed' when why = 'changed' then why else 'withdrawn' end
      where a.user_id = person and a.kind = move_text.kind and a.text_id = which and a.voided_at is null;
  end if;
end $f$;

-- Enters an approval of a text of the tenant of the claims, of which the last 20 are kept. Only the two functions that approve call it.
create function public.enter_approval(kind text, which uuid, hash bytea, title text, parts text[], sources jsonb, approved_by text) returns void
language plpgsql set search_path = '' as $f$
declare
  person uuid := auth.uid();
begin
  insert into public.approvals (user_id, kind, text_id, hash, title, parts, sources, approved_by)
    values (person, enter_approval.kind, which, enter_approval.hash, enter_approval.title, enter_approval.parts, enter_approval.sources, enter_approval.approved_by);
  delete from public.approvals a where a.user_id = person and a.kind = enter_approval.kind and a.text_id = which and a.id in (
    select o.id from public.approvals o where o.user_id = person and o.kind = enter_approval.kind and o.text_id = which order by o.created_at desc, o.voided_at desc offset 20);
end $f$;

-- Approves a text in review by a rule of the tenant of the claims, if the rule is switched on and the text is one that it approves, as far as
-- can be told here: an agent wrote it and nobody edited it, nothing in it is marked, and it was judged well enough as it is now.
create function public.approve_by_rule(kind text, which uuid, rule uuid) returns boolean
language plpgsql security definer set search_path = '' as $f$
declare
  person uuid := auth.uid();
  actor text := nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'actor';
  target text := case kind when 'blog' then 'blogs' when 'thread' then 'tweet_threads' when 'reply' then 'replies' when 'tweet' then 'tweets' end;
  seen text := case kind when 'blog' then 'title, array[content]' when 'thread' then 'title, parts' else 'null::text, array[content]' end;
  applied record;
  present record;
begin
  if person is null or target is null or actor is null or actor not like 'agent %' then
    raise exception 'nobody who has a rule applied' using errcode = '42501';
  end if;
  select r.* into applied from public.approval_rules r where r.user_id = person and r.id = rule and r.kind = approve_by_rule.kind and r.enabled for share;
  if not found then
    return false;
  end if;
  execute format('select status, written_by, unedited, marks, text_hash, sources, v.title, v.parts from public.%I t, lateral (select %s) as v (title, parts)
    where t.user_id = $1 and t.id = $2 for update of t', target, seen) into present using person, which;
  if present.status is distinct from 'in_review' or present.written_by is null or not present.unedited or present.marks is distinct from '[]'
    or applied.agent <> present.written_by
    or applied.max_parts < cardinality(present.parts)
    or applied.max_characters < (select sum(char_length(part)) from unnest(present.parts) as u (part))
    or not applied.links and array_to_string(present.parts, ' ') ~* '(https?:|www\.)'
  then
    return false;
  end if;
  if applied.min_score is not null and not exists (
    select 1 from public.critiques c where c.user_id = person and c.blog_id = which and c.verdict = 'approve'
      and c.version = (select max(v.number) from public.text_versions v where v.user_id = person and v.kind = 'blog' and v.text_id = which)
      and (select min(case when jsonb_typeof(s.value) = 'number' then s.value::numeric else 0 end) from jsonb_each(c.scores) as s) >= applied.min_score)
  then
    return false;
  end if;
  execute format('update public.%I set status = ''approved'', approved_hash = $3, updated_at = now() where user_id = $1 and id = $2', target)
    using person, which, present.text_hash;
  perform public.enter_approval(approve_by_rule.kind, which, present.text_hash, present.title, present.parts, present.sources, 'rule ' || applied.name);
  return true;
end $f$;
revoke all on function public.enter_approval(text, uuid, bytea, text, text[], jsonb, text), public.move_text(text, uuid, text, text),
  public.approve_by_rule(text, uuid, uuid) from public;
grant execute on function public.move_text(text, uuid, text, text), public.approve_by_rule(text, uuid, uuid) to authenticated;
