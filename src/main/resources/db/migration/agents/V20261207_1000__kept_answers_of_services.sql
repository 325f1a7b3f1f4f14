-- Answers of networks are kept like those of models: what X delivered before a crash is not paid for again. A step seldom asks for more
-- than a few before it ends and forgets them.
update tenancy.tables set one = 'kept answer of a service', many = 'kept answers of services', most = 1000 where relation = 'run_answers';

-- An archive starts nothing by itself.
update tenancy.tables set not_imported = 'the person lets agents start one another anew' where relation = 'agent_chains';
