package social.coral.tenancy;

/**
 * What must be true of the database so that no tenant reaches another's data, whatever the application does. Each claim comes
 * with a query that names what breaks it.
 */
enum IsolationClaim implements Claim {
    TENANT_COLUMN("every table of schema public says whose each row is: user_id uuid not null", """
            select c.relname from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
              and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'user_id' and a.attnotnull
                and a.atttypid = 'uuid'::regtype)
            """),
    ROW_SECURITY("row security is on for every table, and forced on its owner too", """
            select c.relname from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
              and not c.relispartition
            """),
    POLICY("every table has one policy, for authenticated alone and as narrow as the template: user_id = auth.uid(), read and written", """
            select c.relname from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
              and (select array_agg(concat_ws('/', p.polcmd, p.polpermissive, p.polroles::regrole[],
                  pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid))) from pg_policy p where p.polrelid = c.oid)
                is distinct from array['*/t/{authenticated}/(user_id = auth.uid())/(user_id = auth.uid())']
            """),
    KEYS("every primary, unique and foreign key begins with the tenant, on both sides", """
            select k.conrelid::regclass || '.' || k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid
            where c.relnamespace = 'public'::regnamespace and k.contype in ('p', 'u', 'f', 'x')
              and ((select a.attname from pg_attribute a where a.attrelid = k.conrelid and a.attnum = k.conkey[1]) is distinct from 'user_id'
                or k.contype = 'f' and (select a.attname from pg_attribute a where a.attrelid = k.confrelid and a.attnum = k.confkey[1]) <> 'user_id')
            union all
            select c.relname || ' has no primary key' from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
              and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')
            """),
    INDEXES("every index is led by the tenant", """
            select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid
            where c.relnamespace = 'public'::regnamespace
              and (select a.attname from pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[0]) is distinct from 'user_id'
            """),
    GRANTS("nobody but authenticated may do anything with a table, and that only select, insert, update and delete", """
            select c.relname || ': ' || g.privilege_type || ' to ' || case g.grantee when 0 then 'public' else g.grantee::regrole::text end
            from pg_class c, aclexplode(c.relacl) g
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and g.grantee <> c.relowner
              and (g.grantee = 0 or g.grantee::regrole::text not in ('authenticated', 'service_role') or g.is_grantable
                or g.grantee::regrole::text = 'authenticated' and g.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
                or c.relispartition)
            """),
    APPEND_ONLY("logs are only appended to: no tenant changes or deletes an entry of its own", """
            select c.relname || ': ' || verb from pg_class c, unnest(array['update', 'delete']) as verb
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname ~ '(_logs?|_audit)$'
              and (has_table_privilege('authenticated', c.oid, verb) or verb = 'update' and has_any_column_privilege('authenticated', c.oid, verb))
            """),
    GUARDED_COLUMNS("no tenant changes whose a row is, when it was made, its plan, its limits, what it has used or when it is erased", """
            select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
              and (a.attname in ('user_id', 'created_at') or a.attname ~ '(^|_)(tier|limit|usage|cost|plan|erasure)(_|$)')
              and has_column_privilege('authenticated', c.oid, a.attnum, 'update')
            """),
    DEFINERS("functions with their owner's rights fix their search_path to nothing and are not open to everybody", """
            select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where p.prosecdef and n.nspname in ('public', 'auth', 'jobs', 'usage', 'audit', 'tenancy')
              and (not coalesce(p.proconfig @> array['search_path=""'], false) or has_function_privilege('anon', p.oid, 'execute'))
            """),
    CALLABLE("of the product's functions a tenant may call those that act for the tenant of the claims or tell of nobody, and no other", """
            select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname in ('public', 'auth', 'jobs', 'usage', 'audit', 'tenancy') and has_function_privilege('coral_tenant', p.oid, 'execute')
              and has_schema_privilege('coral_tenant', n.oid, 'usage')
              and p.oid::regprocedure::text not in ('auth.uid()', 'auth.master_key_id()', 'audit.append(text[],text[])', 'jobs.announce(text,text,timestamp with time zone)', 'jobs.withdraw(text,text)', 'jobs.drop_oldest(text)')
              and not (n.nspname = 'auth' and p.proname in ('role', 'jwt', 'email'))
            """),
    VIEWS("views look with the caller's rights, and nothing keeps a copy that no policy covers", """
            select c.relname from pg_class c
            where c.relnamespace = 'public'::regnamespace and (c.relkind in ('m', 'f')
              or c.relkind = 'v' and not coalesce(c.reloptions @> array['security_invoker=true'], false))
            """),
    SEQUENCES("no sequence counts what all tenants do, and no type of our own tells what values there are", """
            select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
            union all
            select t.typname from pg_type t left join pg_class c on c.oid = t.typrelid
            where t.typnamespace = 'public'::regnamespace and (t.typtype in ('e', 'd', 'r') or t.typtype = 'c' and c.relkind = 'c')
            """),
    TRIGGERS("no trigger, rule or exotic constraint runs beside the statements that are written", """
            select t.tgrelid::regclass || '.' || t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
            where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
            union all
            select r.ev_class::regclass || '.' || r.rulename from pg_rewrite r join pg_class c on c.oid = r.ev_class
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
            """),
    OTHER_SCHEMAS("people, sessions, jobs, keys and settings of the installation are closed to tenants", """
            select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('auth', 'jobs', 'usage', 'audit', 'tenancy') and c.relkind in ('r', 'p', 'v', 'm', 'S')
              and has_schema_privilege('coral_tenant', n.oid, 'usage')
              and (has_table_privilege('coral_tenant', c.oid, 'select, insert, update, delete, truncate')
                or c.relkind <> 'S' and has_any_column_privilege('coral_tenant', c.oid, 'select, insert, update'))
            """),
    EXPORTS("every column of bytes says whether its tenant may take it along in an export, where a secret must not be", """
            select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
              and (a.atttypid = 'bytea'::regtype or a.attname ~ '(^|_)(secret|password|token|encrypted|wrapped|sealed)(_|$)')
              and coalesce(col_description(c.oid, a.attnum), '') !~ '^(not )?exported: .'
            """),
    ROLES("the product's roles own nothing, make nothing, pass no policy and belong to authenticated at most", """
            select r.rolname || ' may too much' from pg_roles r
            where r.rolname in ('anon', 'authenticated', 'coral_tenant', 'coral_auth', 'coral_jobs', 'coral_meter')
              and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication)
            union all
            select c.oid::regclass || ' belongs to ' || r.rolname from pg_class c join pg_roles r on r.oid = c.relowner
            where r.rolname in ('anon', 'authenticated', 'coral_tenant', 'coral_auth', 'coral_jobs', 'coral_meter')
            union all
            select r.rolname || ' is a member of ' || g.rolname from pg_auth_members m
              join pg_roles r on r.oid = m.member join pg_roles g on g.oid = m.roleid
            where r.rolname in ('authenticated', 'coral_tenant', 'coral_auth', 'coral_jobs', 'coral_meter')
              and not (r.rolname = 'coral_tenant' and g.rolname = 'authenticated')
            union all
            select r.rolname || ' may create in schema ' || n.nspname from pg_roles r, pg_namespace n
            where r.rolname in ('anon', 'authenticated', 'coral_tenant', 'coral_auth', 'coral_jobs', 'coral_meter')
              and n.nspname !~ '^pg_' and has_schema_privilege(r.oid, n.oid, 'create')
            union all
            select 'coral_tenant may make temporary tables' where has_database_privilege('coral_tenant', current_database(), 'temporary, create')
            """),
    CLAIMS("claims that the door has not signed count for nothing, and are looked at anew in each statement", """
            select 'auth.uid()' from pg_proc p
            where p.oid = to_regprocedure('auth.uid()') and (p.provolatile <> 's' or not p.prosecdef or p.prosrc not like '%claims_signature%')
            union all
            select 'tenancy.claims_key' where (select count(*) from tenancy.claims_key) <> 1
            """);

    private final String sentence;
    private final String breaches;

    IsolationClaim(String sentence, String breaches) {
        this.sentence = sentence;
        this.breaches = breaches;
    }

    @Override
    public String sentence() {
        return sentence;
    }

    @Override
    public String breaches() {
        return breaches;
    }
}
