-- The words for two tables as people say them.
update tenancy.tables t set one = d.one, many = d.many
from (values
  ('agent_run_steps', 'run step', 'run steps'),
  ('api_usage_logs', 'usage record', 'usage records')
) as d (relation, one, many)
where t.relation = d.relation;
