-- How many parts a thread of the agent that makes them may have, by the person's choice. A null is the default.
alter table public.agent_limits
  add column parts integer
    constraint agent_limits_parts_range check (parts between 1 and 25),
  add constraint agent_limits_parts_of_threads check (parts is null or agent = 'blog-to-tweet');
grant update (parts) on public.agent_limits to authenticated;
