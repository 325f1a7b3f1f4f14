-- What agents remember of their work, each under names of its own.
create table public.agent_notes (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  agent text not null,
  name text not null,
  content text not null constraint agent_notes_content_given check (content <> ''),
  lang text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, id),
  unique (user_id, agent, name)
);
create index agent_notes_by_time on public.agent_notes (user_id, updated_at desc, id);
select tenancy.declare('public.agent_notes', 'note of an agent', 'notes of agents', 20000, '{select,insert,update,delete}', '{content,lang,updated_at}',
  lengths => '{"agent": 64, "name": 400, "content": 40000, "lang": 48}', thing => 'note');
