-- An author keeps the id when the handle changes.
create index mentions_by_author on public.mentions (user_id, network, author);
create index mentions_by_author_id on public.mentions (user_id, network, author_id);

alter table public.mentions drop constraint mentions_reason_known;
alter table public.mentions add constraint mentions_reason_known
  check (reason in ('hostile', 'off_topic', 'automatic', 'no_answer', 'dismissed', 'old', 'recent', 'muted', 'limited', 'closed', 'gone'));
