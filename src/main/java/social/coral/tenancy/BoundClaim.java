package social.coral.tenancy;

/**
 * What must be true of the database so that no row is too large for its readers and no tenant has too many. Each claim has a query
 * over the catalogue that lists violations, so that new tables are covered.
 */
enum BoundClaim implements Claim {
    LENGTHS("every column of text, arrays, JSON or bytes has a length, of 1 MB at most, in a check of its own", """
            select c.relname || '.' || a.attname
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
              and t.typlen = -1 and a.atttypmod = -1 and t.oid not in ('inet'::regtype, 'cidr'::regtype)
              and not exists (
                select from pg_constraint k,
                  lateral (select pg_get_constraintdef(k.oid) as said, regexp_replace(quote_ident(a.attname), '(\\W)', '\\\\\\1', 'g') as col) as d
                where k.conrelid = c.oid and k.contype = 'c' and k.convalidated and k.conkey = array[a.attnum]
                  and coalesce(to_jsonb(k) ->> 'conenforced', 'true') = 'true' and d.said !~ '( OR |NOT |CASE |COALESCE)'
                  and (d.said ~ ('\\(' || d.col || ' = ANY \\(ARRAY\\[')
                    or (regexp_match(d.said, 'length\\(\\(?' || d.col || '(?:\\)::text)?\\) (?:=|<=?) (\\d{1,9})\\)'))[1]::integer <= 1048576))
            """),
    RANGES("every time and every span of time is within a range, with a beginning and an end, in a check of its own", """
            select c.relname || '.' || a.attname
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
              and a.atttypid in ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype, 'interval'::regtype)
              and not exists (
                select from pg_constraint k,
                  lateral (select pg_get_constraintdef(k.oid) as said, regexp_replace(quote_ident(a.attname), '(\\W)', '\\\\\\1', 'g') as col) as d
                where k.conrelid = c.oid and k.contype = 'c' and k.convalidated and k.conkey = array[a.attnum]
                  and coalesce(to_jsonb(k) ->> 'conenforced', 'true') = 'true' and d.said !~ '( OR |NOT |CASE |COALESCE|infinity)'
                  and d.said ~ ('\\(' || d.col || ' >=? ''') and d.said ~ ('\\(' || d.col || ' <=? '''))
            """),
    ROWS("every table is declared: what its rows are called, how many a tenant may hold, how long they are kept, whether they are exported", """
            select c.relname from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
              and not exists (select from tenancy.tables t where t.relation = c.relname)
            """);

    private final String sentence;
    private final String breaches;

    BoundClaim(String sentence, String breaches) {
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
