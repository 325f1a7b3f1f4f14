-- Nothing that is done for a tenant may hold a connection, a lock or a snapshot for long: not a costly search, not a
-- transaction whose process hangs. An import or an agent commits often and never comes near.
alter role coral_tenant set statement_timeout = '30s';
alter role coral_tenant set lock_timeout = '10s';
alter role coral_tenant set idle_in_transaction_session_timeout = '60s';
