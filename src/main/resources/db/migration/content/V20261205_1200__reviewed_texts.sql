-- What passes review before it goes out: blog posts, threads, replies and single posts. Each begins as a draft. Only public.move_text moves
-- it on, because no tenant may write its status or what was approved of it.

-- The hash of all that will be seen of a text: each part behind its length, so that no two texts have the same.
create function public.text_hash(parts text[], sources jsonb) returns bytea language sql immutable parallel safe as $f$
  select sha256(convert_to((select string_agg(octet_length(part) || ':' || part, '' order by place)
    from unnest(array_append(parts, sources::text)) with ordinality as u (part, place)), 'UTF8'))
$f$;
create function public.search_text(parts text[]) returns text language sql immutable parallel safe as $f$
  select public.search_text((select string_agg(part, ' ' order by place) from unnest(parts) with ordinality as u (part, place)))
$f$;
revoke all on function public.text_hash(text[], jsonb), public.search_text(text[]) from public;
grant execute on function public.text_hash(text[], jsonb), public.search_text(text[]) to authenticated;

create table public.blogs (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  title text not null constraint blogs_title_given check (title <> ''),
  content text not null constraint blogs_content_given check (content <> ''),
  -- What it is written from and in which voice. Both may be gone.
  insight_id uuid,
  persona_id uuid,
  status text not null default 'draft',
  scheduled_for timestamptz,
  time_zone text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, id)
);
-- A thread is one row, so that it is changed and approved as a whole.
create table public.tweet_threads (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  title text constraint tweet_threads_title_given check (title <> ''),
  parts text[] not null constraint tweet_threads_parts_given
    check (cardinality(parts) between 1 and 25 and array_ndims(parts) = 1 and array_position(parts, null) is null and array_position(parts, '') is null),
  blog_id uuid,
  insight_id uuid,
  status text not null default 'draft',
  scheduled_for timestamptz,
  time_zone text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, id)
);
create table public.replies (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  -- The collected post that it answers: it may be gone, and has one reply at most.
  post_id uuid not null,
  content text not null constraint replies_content_given check (content <> ''),
  status text not null default 'draft',
  scheduled_for timestamptz,
  time_zone text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, id),
  unique (user_id, post_id)
);
alter table public.tweets add column blog_id uuid, add column insight_id uuid;

do $do$
declare
  reviewed record;
begin
  for reviewed in select * from (values
    ('blogs', 'array[title, content]'),
    ('tweet_threads', 'array_prepend(coalesce(title, ''''), parts)'),
    ('replies', 'array[content]'),
    ('tweets', 'array[content]')) as v (name, seen)
  loop
    execute format($q$
      alter table public.%1$I
        -- Which agent wrote it, with which model; null when a person did.
        add column written_by text,
        add column model text,
        -- Whether nobody has edited what an agent wrote.
        add column unedited boolean not null default false,
        add column sources jsonb not null default '[]',
        add column text_hash bytea not null generated always as (public.text_hash(%2$s, sources)) stored,
        add column approved_hash bytea,
        add constraint %1$s_sources_list check (jsonb_typeof(sources) = 'array'),
        add constraint %1$s_unedited_by_agent check (not unedited or written_by is not null)
      $q$, reviewed.name, reviewed.seen);
    execute format($q$comment on column public.%I.text_hash is 'not exported: computed from the text'$q$, reviewed.name);
    execute format($q$comment on column public.%I.approved_hash is 'not exported: an approval counts where it was given'$q$, reviewed.name);
    if reviewed.name <> 'tweets' then
      execute format($q$
        alter table public.%1$I
          add column search_text text not null generated always as (public.search_text(%2$s)) stored,
          add constraint %1$s_search_text_length check (octet_length(search_text) <= 240000),
          add constraint %1$s_status_known check (status in ('draft', 'in_review', 'changes_wanted', 'approved', 'rejected', 'scheduled',
            'publishing', 'published', 'failed')),
          add constraint %1$s_time_zone_given check (scheduled_for is null or time_zone is not null),
          add constraint %1$s_time_zone_shape check (time_zone ~ '^[A-Za-z0-9_+/-]{1,64}$')
        $q$, reviewed.name, reviewed.seen);
      execute format('create index %1$s_newest on public.%1$I (user_id, created_at desc, id)', reviewed.name);
      execute format('create index %1$s_by_status on public.%1$I (user_id, status, created_at desc, id)', reviewed.name);
    end if;
    if reviewed.name <> 'replies' then
      execute format('create index %1$s_by_insight on public.%1$I (user_id, insight_id, created_at desc, id) where insight_id is not null', reviewed.name);
    end if;
  end loop;
end $do$;

select tenancy.declare('public.blogs', 'blog post', 'blog posts', 5000, '{select,update,delete}',
  '{title,content,sources,model,unedited,scheduled_for,time_zone,updated_at}', thing => 'blog', lengths => '{"title": 800, "content": 120000,
    "time_zone": 64, "written_by": 64, "model": 200, "sources": 60000, "text_hash": 32, "approved_hash": 32}');
grant insert (user_id, id, title, content, insight_id, persona_id, scheduled_for, time_zone, created_at, updated_at, written_by, model, unedited, sources)
  on public.blogs to authenticated;
select tenancy.declare('public.tweet_threads', 'thread', 'threads', 10000, '{select,update,delete}',
  '{title,parts,sources,model,unedited,scheduled_for,time_zone,updated_at}', thing => 'thread', lengths => '{"title": 800, "parts": 160000,
    "time_zone": 64, "written_by": 64, "model": 200, "sources": 60000, "text_hash": 32, "approved_hash": 32}');
grant insert (user_id, id, title, parts, blog_id, insight_id, scheduled_for, time_zone, created_at, updated_at, written_by, model, unedited, sources)
  on public.tweet_threads to authenticated;
select tenancy.declare('public.replies', 'reply', 'replies', 20000, '{select,update,delete}',
  '{content,sources,model,unedited,scheduled_for,time_zone,updated_at}', thing => 'reply', lengths => '{"content": 100000,
    "time_zone": 64, "written_by": 64, "model": 200, "sources": 60000, "text_hash": 32, "approved_hash": 32}');
grant insert (user_id, id, post_id, content, scheduled_for, time_zone, created_at, updated_at, written_by, model, unedited, sources)
  on public.replies to authenticated;
-- What an import brings begins as a draft, because no archive may write this either.
comment on column public.tweets.status is null;
select tenancy.lengths('public.tweets', '{"written_by": 64, "model": 200, "sources": 60000, "text_hash": 32, "approved_hash": 32}');
revoke insert, update on public.tweets from authenticated;
revoke update (status) on public.tweets from authenticated;
grant insert (user_id, id, content, blog_id, insight_id, scheduled_for, time_zone, created_at, updated_at, written_by, model, unedited, sources)
  on public.tweets to authenticated;
grant update (content, sources, model, unedited, scheduled_for, time_zone, updated_at) on public.tweets to authenticated;

-- Each text as it was, with who wrote it so; what was approved, by whom; and what was said of it. All three go with their text.
create table public.text_versions (
  user_id uuid not null default auth.uid(),
  kind text not null,
  text_id uuid not null,
  number integer not null constraint text_versions_number_range check (number between 1 and 1000000),
  title text,
  parts text[] not null constraint text_versions_parts_given check (cardinality(parts) between 1 and 25),
  -- 'person', or the agent that wrote it.
  author text not null,
  model text,
  created_at timestamptz not null default now(),
  primary key (user_id, kind, text_id, number)
);
create table public.approvals (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  kind text not null,
  text_id uuid not null,
  hash bytea not null,
  title text,
  parts text[] not null,
  sources jsonb not null,
  -- 'person', or the rule that approved it.
  approved_by text not null,
  created_at timestamptz not null default now(),
  voided_at timestamptz,
  primary key (user_id, id)
);
create table public.review_notes (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  kind text not null,
  text_id uuid not null,
  -- The version that it is about, the words of it that it is about, and the version that answered it.
  version integer not null constraint review_notes_version_range check (version between 1 and 1000000),
  quote text,
  note text not null constraint review_notes_note_given check (note <> ''),
  author text not null,
  answered_by integer constraint review_notes_answered_by_range check (answered_by between 1 and 1000000),
  created_at timestamptz not null default now(),
  primary key (user_id, id)
);
do $do$
declare
  name text;
begin
  foreach name in array array['text_versions', 'approvals', 'review_notes'] loop
    execute format($q$
      alter table public.%1$I
        add constraint %1$s_kind_known check (kind in ('blog', 'thread', 'reply', 'tweet')),
        add column blog_id uuid generated always as (case when kind = 'blog' then text_id end) stored,
        add column thread_id uuid generated always as (case when kind = 'thread' then text_id end) stored,
        add column reply_id uuid generated always as (case when kind = 'reply' then text_id end) stored,
        add column tweet_id uuid generated always as (case when kind = 'tweet' then text_id end) stored,
        add foreign key (user_id, blog_id) references public.blogs (user_id, id) on delete cascade,
        add foreign key (user_id, thread_id) references public.tweet_threads (user_id, id) on delete cascade,
        add foreign key (user_id, reply_id) references public.replies (user_id, id) on delete cascade,
        add foreign key (user_id, tweet_id) references public.tweets (user_id, id) on delete cascade
      $q$, name);
    execute format('create index %1$s_by_blog on public.%1$I (user_id, blog_id) where blog_id is not null', name);
    execute format('create index %1$s_by_thread on public.%1$I (user_id, thread_id) where thread_id is not null', name);
    execute format('create index %1$s_by_reply on public.%1$I (user_id, reply_id) where reply_id is not null', name);
    execute format('create index %1$s_by_tweet on public.%1$I (user_id, tweet_id) where tweet_id is not null', name);
  end loop;
end $do$;
create index text_versions_by_time on public.text_versions (user_id, created_at);
create index approvals_by_text on public.approvals (user_id, kind, text_id, created_at desc);
create index review_notes_by_text on public.review_notes (user_id, kind, text_id, created_at desc, id);
create index review_notes_by_time on public.review_notes (user_id, created_at);
select tenancy.declare('public.text_versions', 'version of a text', 'versions of texts', 200000, '{select,insert,delete}',
  lengths => '{"kind": 20, "title": 800, "parts": 160000, "author": 64, "model": 200}', beyond => 'oldest go', age => 'created_at', may_go => 'true',
  not_imported => 'kept where they were written; an import brings each text as it is now', note => 'the last 50 of each text');
select tenancy.declare('public.approvals', 'approval', 'approvals', 1000000, '{select}',
  lengths => '{"kind": 20, "hash": 32, "title": 800, "parts": 160000, "sources": 60000, "approved_by": 100}', beyond => 'kept elsewhere',
  note => 'the last 20 of each text');
select tenancy.declare('public.review_notes', 'note on a text', 'notes on texts', 100000, '{select,insert,update,delete}', '{answered_by}',
  lengths => '{"kind": 20, "quote": 2000, "note": 8000, "author": 64}', beyond => 'oldest go', age => 'created_at', may_go => 'true',
  not_imported => 'they are about versions, which are kept where they were written');
comment on column public.approvals.hash is 'exported: shows which text was approved';

-- Moves a text of the tenant of the claims on by one step, if whoever the claims say acts may take it, and enters the approval or voids it.
-- Persons approve, and what they wrote themselves they may schedule at once; agents submit, return and reject what agents wrote.
create function public.move_text(kind text, which uuid, wanted text) returns void
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
    insert into public.approvals (user_id, kind, text_id, hash, title, parts, sources, approved_by)
      values (person, move_text.kind, which, present.text_hash, present.title, present.parts, present.sources, actor);
    delete from public.approvals a where a.user_id = person and a.kind = move_text.kind and a.text_id = which and a.id in (
      select o.id from public.approvals o where o.user_id = person and o.kind = move_text.kind and o.text_id = which order by o.created_at desc, o.voided_at desc offset 20);
  elsif wanted <> all (binding) and present.status = any (binding) then
    update public.approvals a set voided_at = now() where a.user_id = person and a.kind = move_text.kind and a.text_id = which and a.voided_at is null;
  end if;
end $f$;
revoke all on function public.move_text(text, uuid, text) from public;
grant execute on function public.move_text(text, uuid, text) to authenticated;

-- Posts from before stand as they are, and so does what was approved of them.
alter table public.tweets no force row level security;
update public.tweets set status = 'draft' where status = 'scheduled' and scheduled_for is null;
update public.tweets set approved_hash = text_hash where status in ('approved', 'scheduled', 'publishing', 'published');
do $do$
declare
  before record;
begin
  for before in select user_id, id, text_hash, content, updated_at from public.tweets where approved_hash is not null loop
    perform auth.act_as(jsonb_build_object('sub', before.user_id, 'role', 'authenticated')::text);
    insert into public.approvals (user_id, kind, text_id, hash, parts, sources, approved_by, created_at)
      values (before.user_id, 'tweet', before.id, before.text_hash, array[before.content], '[]', 'person', before.updated_at);
  end loop;
  perform auth.act_as('');
end $do$;
alter table public.tweets force row level security;

-- An exact text is approved: no other has the approval of it, whoever changes the row.
alter table public.blogs
  add constraint blogs_text_approved check (status not in ('approved', 'scheduled', 'publishing', 'published') or approved_hash is not distinct from text_hash),
  add constraint blogs_scheduled_for_given check (status <> 'scheduled' or scheduled_for is not null);
alter table public.tweet_threads
  add constraint tweet_threads_text_approved check (status not in ('approved', 'scheduled', 'publishing', 'published') or approved_hash is not distinct from text_hash),
  add constraint tweet_threads_scheduled_for_given check (status <> 'scheduled' or scheduled_for is not null);
alter table public.replies
  add constraint replies_text_approved check (status not in ('approved', 'scheduled', 'publishing', 'published') or approved_hash is not distinct from text_hash),
  add constraint replies_scheduled_for_given check (status <> 'scheduled' or scheduled_for is not null);
alter table public.tweets
  add constraint tweets_text_approved check (status not in ('approved', 'scheduled', 'publishing', 'published') or approved_hash is not distinct from text_hash),
  add constraint tweets_scheduled_for_given check (status <> 'scheduled' or scheduled_for is not null);
