-- Answers of models that were paid for, kept in the transaction that enters the call in the ledger until the step that asked has ended. A run
-- that is taken up again after a crash in between finds its answer here and does not ask, and pay, again.
create table public.run_answers (
  user_id uuid not null default auth.uid(),
  run_id uuid not null,
  step text not null,
  request text not null,
  answer text not null,
  created_at timestamptz not null default now(),
  primary key (user_id, run_id, step, request),
  foreign key (user_id, run_id) references public.agent_runs (user_id, id) on delete cascade
);
select tenancy.declare('public.run_answers', 'kept answer of a model', 'kept answers of models', 10000, '{select,delete}',
  lengths => '{"step": 480, "request": 100, "answer": 262144}', beyond => 'oldest go', age => 'created_at', may_go => 'true',
  not_exported => 'answers kept while a run is under way, so that none is paid for twice', note => 'go when their step or run ends');

create function usage.settle_and_keep(person uuid, held uuid, ended jsonb, asked text, answered text) returns boolean
language plpgsql security definer set search_path = '' as $f$
declare
  entered boolean;
begin
  perform auth.act_as(jsonb_build_object('sub', person, 'role', 'authenticated')::text);
  entered := usage.settle_as_claimed(person, held, ended);
  if entered and octet_length(answered) <= 262144 and ended->>'step' is not null then
    perform r.id from public.agent_runs r where r.user_id = person and r.id = (ended->>'run_id')::uuid and r.status = 'running';
    if found then
      insert into public.run_answers (user_id, run_id, step, request, answer)
        values (person, (ended->>'run_id')::uuid, ended->>'step', asked, answered)
        on conflict (user_id, run_id, step, request) do nothing;
    end if;
    if random() < 0.005 then
      perform jobs.drop_oldest('run_answers');
    end if;
  end if;
  perform auth.act_as('');
  return entered;
end $f$;
revoke all on function usage.settle_and_keep(uuid, uuid, jsonb, text, text) from public;
grant execute on function usage.settle_and_keep(uuid, uuid, jsonb, text, text) to coral_meter;
