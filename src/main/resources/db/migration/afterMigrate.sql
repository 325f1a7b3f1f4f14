do $$ begin
  if to_regclass('tenancy.functions') is not null then
    -- So that each is named with its schema, whoever looks.
    perform set_config('search_path', '', true);
    delete from tenancy.functions;
    insert into tenancy.functions (function, made, definition)
    select p.oid::regprocedure::text, concat_ws(' ', p.prosecdef, p.provolatile, p.proconfig, p.prosrc), pg_get_functiondef(p.oid)
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('auth', 'jobs', 'usage', 'audit', 'tenancy') and p.prokind = 'f'
      and p.proowner = (select nspowner from pg_namespace where nspname = 'tenancy');
  end if;
end $$;
