-- Why a step failed, where another attempt would not help: the account does not exist, or is closed to us.
alter table public.agent_run_steps add column error_code text constraint agent_run_steps_error_code check (error_code in ('not_found', 'forbidden'));
grant update (error_code) on public.agent_run_steps to authenticated;
alter table public.agent_run_steps no force row level security;
update public.agent_run_steps
set error_code = case when error like 'There is no account @%' then 'not_found' else 'forbidden' end
where status = 'failed' and (error like 'There is no account @%' or error like '@% is suspended by %' or error like '@% is protected: only %');
alter table public.agent_run_steps force row level security;
