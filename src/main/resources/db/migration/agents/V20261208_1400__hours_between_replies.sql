-- For how long an author who had a reply gets no other one of the agent that replies, by the person's choice. A null is the default.
alter table public.agent_limits
  add column hours_apart integer
    constraint agent_limits_hours_apart_range check (hours_apart between 1 and 720),
  add constraint agent_limits_hours_apart_of_replies check (hours_apart is null or agent = 'x-reply');
grant update (hours_apart) on public.agent_limits to authenticated;
