-- Writes with different keys do not wait for one another, as they would under the lock that an exact count takes.
update tenancy.bounds set beyond = 'kept elsewhere', held = 'answers kept for a day; a write with one more key is refused'
  where relation = 'idempotency_keys';
