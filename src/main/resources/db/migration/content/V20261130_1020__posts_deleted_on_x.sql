-- The ids of posts that an archive lists as deleted on X, so that no later import stores them. They go with the import that listed them.
create table public.deleted_posts (
  user_id uuid not null default auth.uid(),
  tweet_id text not null constraint deleted_posts_tweet_id_shape check (tweet_id ~ '^[1-9][0-9]{0,19}$'),
  import_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (user_id, tweet_id, import_id)
);
create index deleted_posts_by_import on public.deleted_posts (user_id, import_id);
select tenancy.declare('public.deleted_posts', 'post deleted on X', 'posts deleted on X', 100000, '{select,insert,delete}',
  lengths => '{"tweet_id": 20}', beyond => 'oldest go', age => 'created_at', may_go => 'true');
