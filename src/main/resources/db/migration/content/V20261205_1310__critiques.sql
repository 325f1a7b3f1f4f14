-- What was judged of a version of a blog post. Written once.
create table public.critiques (
  user_id uuid not null default auth.uid(),
  id uuid not null default gen_random_uuid(),
  blog_id uuid not null,
  version integer not null constraint critiques_version_range check (version between 1 and 1000000),
  verdict text not null constraint critiques_verdict_known check (verdict in ('approve', 'revise', 'reject')),
  -- From 0 to 100, by criterion.
  scores jsonb not null constraint critiques_scores_object check (jsonb_typeof(scores) = 'object'),
  reasons jsonb not null constraint critiques_reasons_list check (jsonb_typeof(reasons) = 'array'),
  -- The model that judged, or extracts.
  model text not null,
  created_at timestamptz not null default now(),
  primary key (user_id, id),
  unique (user_id, blog_id, version),
  foreign key (user_id, blog_id) references public.blogs (user_id, id) on delete cascade
);
select tenancy.declare('public.critiques', 'critique of a blog post', 'critiques of blog posts', 50000, '{select,insert}',
  lengths => '{"verdict": 10, "scores": 2000, "reasons": 60000, "model": 400}',
  not_imported => 'they are about versions, which are kept where they were written', note => 'go with their blog post');
