-- The functions as the migrations made them, written anew after each upgrade, so that one that was replaced since is known and can
-- be put back.
create table tenancy.functions (
  function text primary key,
  made text not null,
  definition text not null
);
