-- What a tenant can search: pieces of texts of other tables. Each kind of text has a generated column here, with the foreign key that
-- takes the pieces away with the text. A piece never changes; what replaces it is another.
create table public.knowledge_items (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  change bigint not null,
  kind text not null,
  source_id uuid not null,
  piece smallint not null constraint knowledge_items_piece_range check (piece between 0 and 9999),
  content text not null constraint knowledge_items_content_given check (content <> ''),
  lang text,
  author text,
  written_at timestamptz not null,
  -- Since when it waits, where it has no vector yet.
  added_at timestamptz not null default now(),
  post_id uuid generated always as (case when kind = 'post' then source_id end) stored,
  note_id uuid generated always as (case when kind = 'note' then source_id end) stored,
  primary key (user_id, id),
  unique (user_id, kind, source_id, piece),
  unique (user_id, change),
  foreign key (user_id, post_id) references public.tweets_cache (user_id, id) on delete cascade,
  foreign key (user_id, note_id) references public.agent_notes (user_id, id) on delete cascade,
  constraint knowledge_items_kind_known check (kind in ('post', 'note'))
);
create index knowledge_items_by_post on public.knowledge_items (user_id, post_id) where post_id is not null;
create index knowledge_items_by_note on public.knowledge_items (user_id, note_id) where note_id is not null;
select tenancy.declare('public.knowledge_items', 'searchable text', 'searchable texts', 10000000, '{select,insert,delete}',
  lengths => '{"kind": 20, "content": 100000, "lang": 48, "author": 80}', beyond => 'kept elsewhere',
  not_imported => 'made anew from the texts', note => 'pieces of other rows, which go with them');

-- The number of a tenant's last change. Whoever adds pieces or vectors takes the next numbers at the end of the transaction and keeps the
-- row until it commits, so that what an index reads up to a number is all there is up to it.
create table public.knowledge_heads (
  user_id uuid not null default auth.uid(),
  change bigint not null,
  -- The number of the last embeddings in knowledge_generations; no other ever has it again, because an index may still hold its vectors.
  generation integer not null default 0,
  -- Which build of the indexes is wanted. An index that is of another throws away what it has and is made anew from the rows; so another
  -- id here has all processes rebuild theirs.
  build uuid not null default gen_random_uuid(),
  -- Which build a vector server has.
  shared_build uuid,
  primary key (user_id)
);
select tenancy.declare('public.knowledge_heads', 'state of the search', 'states of the search', 1, '{select,insert,update}', '{change,generation,shared_build}',
  beyond => 'kept elsewhere', not_exported => 'made from the texts', not_imported => 'made anew from the texts', note => 'one row');

-- The embeddings that have made vectors of a tenant's texts. The one that was chosen last is the one in use, once it is complete. Each goes through the pieces in the order of their changes.
create table public.knowledge_generations (
  user_id uuid not null default auth.uid(),
  generation integer not null constraint knowledge_generations_generation_range check (generation between 1 and 1000000),
  model text not null,
  width smallint not null constraint knowledge_generations_width_range check (width between 1 and 4096),
  embedded_to bigint not null default 0,
  -- How far an index that several processes share follows it.
  indexed_to bigint not null default 0,
  chosen_at timestamptz not null default now(),
  -- Whether every text had a vector once, so that searches can ask it.
  complete boolean not null default false,
  -- Until when its service is not asked for more, and why.
  waits_until timestamptz,
  wait_code text,
  wait_detail text,
  primary key (user_id, generation)
);
select tenancy.declare('public.knowledge_generations', 'embedding of texts', 'embeddings of texts', 100, '{select,insert,update,delete}', '{embedded_to,indexed_to,chosen_at,complete,waits_until,wait_code,wait_detail}',
  lengths => '{"model": 100, "wait_code": 40, "wait_detail": 2000}', beyond => 'kept elsewhere', not_exported => 'made from the texts', not_imported => 'made anew from the texts',
  note => 'the one in use, and the next while it is made');

create table public.knowledge_vectors (
  user_id uuid not null default auth.uid(),
  generation integer not null,
  item_id uuid not null,
  change bigint not null,
  vector bytea not null constraint knowledge_vectors_vector_range check (octet_length(vector) between 2 and 8192),
  primary key (user_id, generation, item_id),
  unique (user_id, generation, change),
  foreign key (user_id, item_id) references public.knowledge_items (user_id, id) on delete cascade,
  foreign key (user_id, generation) references public.knowledge_generations (user_id, generation) on delete cascade
);
create index knowledge_vectors_by_item on public.knowledge_vectors (user_id, item_id);
select tenancy.declare('public.knowledge_vectors', 'vector of a text', 'vectors of texts', 20000000, '{select,insert,delete}',
  beyond => 'kept elsewhere', not_exported => 'made from the texts', not_imported => 'made anew from the texts',
  note => 'one for each searchable text and embedding');
comment on column public.knowledge_vectors.vector is 'not exported: made from the texts';
