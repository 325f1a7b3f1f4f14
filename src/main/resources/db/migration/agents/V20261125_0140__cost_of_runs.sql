revoke update (cost_micro_usd) on public.agent_runs from authenticated;
