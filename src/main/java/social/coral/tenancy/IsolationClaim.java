package social.coral.tenancy;

import java.util.EnumSet;
import java.util.Set;

/**
 * What must be true of the database so that no tenant can reach another's data, whatever the application does. Each claim has a
 * query that lists violations with the statement that fixes each. Roles come first: they cover what a role inherits, and the
 * other claims check direct grants.
 */
enum IsolationClaim implements Claim {
    ROLES("the product's roles own nothing, make nothing, pass no policy and belong to authenticated at most, and no login that belongs to them passes one", """
            with ours as (
              select oid, rolname from pg_roles
              where rolname in ('anon', 'authenticated', 'coral_tenant', 'coral_auth', 'coral_jobs', 'coral_meter')
            )
            select r.rolname || ' may too much', format('alter role %I nosuperuser nobypassrls nocreaterole nocreatedb noreplication', r.rolname)
            from pg_roles r where r.oid in (select oid from ours)
              and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication)
            union all
            select r.rolname || ' is a member of ' || g.rolname, format('revoke %I from %I', g.rolname, r.rolname)
              || case when current_setting('server_version_num')::int >= 160000 then format(' granted by %I', pg_get_userbyid(m.grantor)) else '' end
              || case when m.admin_option then ' cascade' else '' end
            from pg_auth_members m join ours r on r.oid = m.member join pg_roles g on g.oid = m.roleid
            where not (r.rolname = 'coral_tenant' and g.rolname = 'authenticated')
            union all
            select r.rolname || ' belongs to the product''s roles and passes every policy', format('alter role %I nobypassrls', r.rolname)
            from pg_roles r
            where r.rolcanlogin and r.rolbypassrls and not r.rolsuper and r.oid not in (select oid from ours)
              and r.oid <> (select nspowner from pg_namespace where nspname = 'tenancy')
              and exists (select from ours where pg_has_role(r.oid, ours.oid, 'member'))
            union all
            select pg_describe_object(d.classid, d.objid, 0) || ' belongs to ' || r.rolname,
              format('reassign owned by %I to %I', r.rolname, (select pg_get_userbyid(nspowner) from pg_namespace where nspname = 'tenancy'))
            from pg_shdepend d join ours r on r.oid = d.refobjid
            where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o'
              and d.dbid in (0, (select oid from pg_database where datname = current_database()))
            union all
            select coalesce(r.rolname, 'public') || ' may create in schema ' || n.nspname,
              format('revoke create on schema %I from %s', n.nspname, coalesce(quote_ident(r.rolname), 'public'))
            from pg_namespace n, aclexplode(n.nspacl) g left join ours r on r.oid = g.grantee
            where n.nspname !~ '^pg_' and g.privilege_type = 'CREATE' and (g.grantee = 0 or r.oid is not null)
            union all
            select 'coral_tenant may make temporary tables', format('revoke temporary, create on database %I from public, authenticated, coral_tenant', d.datname)
            from pg_database d
            where d.datname = current_database() and exists (
              select from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) g
              where g.privilege_type in ('TEMPORARY', 'CREATE') and g.grantee::regrole::text in ('-', 'authenticated', 'coral_tenant'))
            """),
    TENANT_COLUMN("every table of schema public says whose each row is: user_id uuid not null", """
            select c.relname, format(case when exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'user_id'
                and a.atttypid = 'uuid'::regtype) then 'alter table public.%1$I alter user_id set not null'
              else 'create schema if not exists apart; alter table public.%1$I set schema apart' end, c.relname)
            from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
              and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'user_id' and a.attnotnull
                and a.atttypid = 'uuid'::regtype)
            """),
    ROW_SECURITY("row security is on for every table, and forced on its owner too", """
            select c.relname, format('alter table public.%1$I enable row level security; alter table public.%1$I force row level security', c.relname)
            from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
              and not c.relispartition
            """),
    POLICY("every table has one policy, for authenticated alone and as narrow as the template: user_id = auth.uid(), read and written", """
            select c.relname, coalesce((select string_agg(format('drop policy %I on public.%I; ', p.polname, c.relname), '') from pg_policy p
                where p.polrelid = c.oid), '')
              || format('create policy tenant on public.%I for all to authenticated using (user_id = auth.uid()) with check (user_id = auth.uid())', c.relname)
            from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
              and (select array_agg(concat_ws('/', p.polcmd, p.polpermissive, p.polroles::regrole[],
                  pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid))) from pg_policy p where p.polrelid = c.oid)
                is distinct from array['*/t/{authenticated}/(user_id = auth.uid())/(user_id = auth.uid())']
            """),
    KEYS("every primary, unique and foreign key begins with the tenant, on both sides", """
            select k.conrelid::regclass || '.' || k.conname, format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname)
            from pg_constraint k join pg_class c on c.oid = k.conrelid
            where c.relnamespace = 'public'::regnamespace and k.contype in ('p', 'u', 'f', 'x')
              and ((select a.attname from pg_attribute a where a.attrelid = k.conrelid and a.attnum = k.conkey[1]) is distinct from 'user_id'
                or k.contype = 'f' and (select a.attname from pg_attribute a where a.attrelid = k.confrelid and a.attnum = k.confkey[1]) <> 'user_id')
            union all
            select c.relname || ' has no primary key', format('create schema if not exists apart; alter table public.%I set schema apart', c.relname)
            from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
              and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')
            """),
    INDEXES("every index is led by the tenant", """
            select i.indexrelid::regclass::text, coalesce(
              (select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname) from pg_constraint k where k.conindid = i.indexrelid
                and k.conrelid = i.indrelid limit 1),
              format('drop index %s', i.indexrelid::regclass))
            from pg_index i join pg_class c on c.oid = i.indrelid
            where c.relnamespace = 'public'::regnamespace
              and (select a.attname from pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[0]) is distinct from 'user_id'
            """),
    GRANTS("nobody but authenticated may do anything with a table, and that only select, insert, update and delete", """
            select c.relname || ': ' || g.privilege_type || ' to ' || case g.grantee when 0 then 'public' else g.grantee::regrole::text end,
              format('revoke %s %s on public.%I from %s cascade',
                case when g.is_grantable and g.grantee::regrole::text = 'authenticated' and g.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
                  and not c.relispartition then 'grant option for' else '' end,
                g.privilege_type, c.relname, case g.grantee when 0 then 'public' else g.grantee::regrole::text end)
            from pg_class c, aclexplode(c.relacl) g
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and g.grantee <> c.relowner
              and (g.grantee = 0 or g.grantee::regrole::text not in ('authenticated', 'service_role') or g.is_grantable
                or g.grantee::regrole::text = 'authenticated' and g.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
                or c.relispartition)
            """),
    APPEND_ONLY("logs are only appended to: no tenant changes or deletes an entry of its own", """
            select c.relname || ': ' || verb, format('revoke %s on public.%I from public, authenticated, coral_tenant', verb, c.relname)
            from pg_class c, unnest(array['update', 'delete']) as verb
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname ~ '(_logs?|_audit)$'
              and exists (
                select from (select c.relacl union all select attacl from pg_attribute where attrelid = c.oid) a (acl), aclexplode(a.acl) g
                where g.privilege_type = upper(verb) and g.grantee::regrole::text in ('-', 'authenticated', 'coral_tenant'))
            """),
    GUARDED_COLUMNS("no tenant changes whose a row is, when it was made, its plan, its limits, what it has used or when it is erased", """
            with guarded as (
              select c.oid, c.relname, c.relacl, a.attname, a.attacl,
                a.attname in ('user_id', 'created_at') or a.attname ~ '(^|_)(tier|limit|usage|cost|plan|erasure)(_|$)' as is_guarded
              from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
            )
            select relname || '.' || attname, format('revoke update on public.%I from public, authenticated, coral_tenant', relname)
              || coalesce((select format('; grant update (%s) on public.%I to authenticated', string_agg(quote_ident(o.attname), ', '), g.relname)
                from guarded o where o.oid = g.oid and not o.is_guarded and o.attacl::text like '%authenticated=%w%'), '')
            from guarded g where is_guarded and exists (
              select from (values (g.relacl), (g.attacl)) a (acl), aclexplode(a.acl) p
              where p.privilege_type = 'UPDATE' and p.grantee::regrole::text in ('-', 'authenticated', 'coral_tenant'))
            """),
    DEFINERS("functions with their owner's rights fix their search_path to nothing and are not open to everybody", """
            select p.oid::regprocedure::text,
              format('alter function %1$s set search_path = ''''; revoke execute on function %1$s from public, anon', p.oid::regprocedure)
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where p.prosecdef and n.nspname in ('public', 'auth', 'jobs', 'usage', 'audit', 'tenancy')
              and (not coalesce(p.proconfig @> array['search_path=""'], false)
                or exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee::regrole::text in ('-', 'anon')))
            """),
    CALLABLE("of the product's functions a tenant may call those that act for the tenant of the claims or tell of nobody, and no other", """
            select p.oid::regprocedure::text, format('revoke execute on function %s from public, authenticated, coral_tenant', p.oid::regprocedure)
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname in ('public', 'auth', 'jobs', 'usage', 'audit', 'tenancy')
              and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
                where g.grantee::regrole::text in ('-', 'authenticated', 'coral_tenant'))
              and exists (select from aclexplode(n.nspacl) g
                where g.privilege_type = 'USAGE' and g.grantee::regrole::text in ('-', 'authenticated', 'coral_tenant'))
              and p.oid::regprocedure::text not in ('auth.uid()', 'auth.master_key_id()', 'audit.append(text[],text[])',
                'audit.first_break(bigint,integer)', 'jobs.announce(text,text,timestamp with time zone)', 'jobs.withdraw(text,text)', 'jobs.drop_oldest(text)')
              and p.oid <> all (array_remove(array[to_regprocedure('public.search_text(text)'), to_regprocedure('public.search_patterns(text[])'),
                to_regprocedure('auth.known_zone(text)'), to_regprocedure('auth.costs_so_far(uuid, date)'),
                to_regprocedure('auth.plan_limits()'), to_regprocedure('public.api_usage_current(public.user_profiles)'),
                to_regprocedure('public.increment_api_usage(uuid,text,integer)'), to_regprocedure('public.reset_monthly_usage()'),
                to_regprocedure('public.search_text(text[])'), to_regprocedure('public.text_hash(text[],jsonb)'),
                to_regprocedure('public.move_text(text,uuid,text,text)'), to_regprocedure('public.approve_by_rule(text,uuid,uuid)')], null))
              and not (n.nspname = 'auth' and p.proname in ('role', 'jwt', 'email'))
            """),
    VIEWS("views look with the caller's rights, and nothing keeps a copy that no policy covers", """
            select c.relname, format(case c.relkind when 'v' then 'alter view public.%I set (security_invoker = true)'
              when 'm' then 'create schema if not exists apart; alter materialized view public.%I set schema apart'
              else 'create schema if not exists apart; alter foreign table public.%I set schema apart' end, c.relname)
            from pg_class c
            where c.relnamespace = 'public'::regnamespace and (c.relkind in ('m', 'f')
              or c.relkind = 'v' and not coalesce(c.reloptions @> array['security_invoker=true'], false))
            """),
    SEQUENCES("no sequence counts what all tenants do, and no type of our own tells what values there are", """
            select c.relname, format('create schema if not exists apart; alter sequence public.%I set schema apart', c.relname)
            from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
            union all
            select t.typname, format('create schema if not exists apart; alter type public.%I set schema apart', t.typname)
            from pg_type t left join pg_class c on c.oid = t.typrelid
            where t.typnamespace = 'public'::regnamespace and (t.typtype in ('e', 'd', 'r') or t.typtype = 'c' and c.relkind = 'c')
            """),
    TRIGGERS("no trigger, rule or exotic constraint runs beside the statements that are written", """
            select t.tgrelid::regclass || '.' || t.tgname, format('drop trigger %I on %s', t.tgname, t.tgrelid::regclass)
            from pg_trigger t join pg_class c on c.oid = t.tgrelid
            where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
            union all
            select r.ev_class::regclass || '.' || r.rulename, format('drop rule %I on %s', r.rulename, r.ev_class::regclass)
            from pg_rewrite r join pg_class c on c.oid = r.ev_class
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
            """),
    OTHER_SCHEMAS("people, sessions, jobs, keys and settings of the installation are closed to tenants", """
            select c.oid::regclass::text, format('revoke all on %s from public, anon, authenticated, coral_tenant', c.oid::regclass)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('auth', 'jobs', 'usage', 'audit', 'tenancy') and c.relkind in ('r', 'p', 'v', 'm', 'S')
              and exists (select from aclexplode(n.nspacl) g
                where g.privilege_type = 'USAGE' and g.grantee::regrole::text in ('-', 'authenticated', 'coral_tenant'))
              and exists (
                select from (select c.relacl union all select attacl from pg_attribute where attrelid = c.oid) a (acl), aclexplode(a.acl) g
                where g.grantee::regrole::text in ('-', 'authenticated', 'coral_tenant'))
            """),
    EXPORTS("every column of bytes says whether its tenant may take it along in an export, where a secret must not be", """
            select c.relname || '.' || a.attname, format('comment on column public.%I.%I is ''not exported: not one of the product''', c.relname, a.attname)
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
              and (a.atttypid = 'bytea'::regtype or a.attname ~ '(^|_)(secret|password|token|encrypted|wrapped|sealed)(_|$)')
              and coalesce(col_description(c.oid, a.attnum), '') !~ '^(not )?exported: .'
            """),
    CLAIMS("claims that the door has not signed count for nothing, and are checked again in each statement", """
            select 'auth.uid()', case when p.prosrc like '%claims_signature%' then 'alter function auth.uid() stable security definer set search_path = '''''
              else null end
            from pg_proc p
            where p.oid = to_regprocedure('auth.uid()') and (p.provolatile <> 's' or not p.prosecdef or p.prosrc not like '%claims_signature%')
            union all
            select 'tenancy.claims_key', null where (select count(*) from tenancy.claims_key) <> 1
            """),
    FUNCTIONS("every function of the product is as its migrations made it", """
            select f.function, format('do $do$ begin execute (select definition from tenancy.functions where function = %L); end $do$', f.function)
            from tenancy.functions f left join pg_proc p on p.oid = to_regprocedure(f.function)
            where concat_ws(' ', p.prosecdef, p.provolatile, p.proconfig, p.prosrc) <> f.made
            """);

    /** Violations that expose nothing by themselves: the doctor reports them, and a start goes on. */
    private static final Set<IsolationClaim> TOLD = EnumSet.of(INDEXES, SEQUENCES, EXPORTS);
    /** On a Supabase project these concern what the platform created. */
    private static final Set<IsolationClaim> OF_THE_PLATFORM = EnumSet.of(DEFINERS, CALLABLE, OTHER_SCHEMAS, CLAIMS);

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

    @Override
    public boolean refusesStart() {
        return !TOLD.contains(this);
    }

    @Override
    public boolean isOfThePlatform() {
        return OF_THE_PLATFORM.contains(this);
    }
}
