-- What a tenant has chosen for its searches; without a row the model in the process.
create table public.knowledge_settings (
  user_id uuid not null default auth.uid(),
  embeddings text not null
    constraint knowledge_settings_embeddings_known check (embeddings in ('built-in', 'text-embedding-3-small', 'text-embedding-3-large')),
  updated_at timestamptz not null default now(),
  primary key (user_id)
);
select tenancy.declare('public.knowledge_settings', 'choice of how texts are searched', 'choices of how texts are searched', 1, '{select,insert,update}',
  '{embeddings,updated_at}', '{"embeddings": 40}', beyond => 'kept elsewhere', not_imported => 'chosen anew, because it may cost money', thing => 'embeddings', note => 'one row');
