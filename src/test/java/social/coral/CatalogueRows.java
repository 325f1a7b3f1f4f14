package social.coral;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import social.coral.tenancy.Tenant;

/**
 * Gives a tenant a row in every table of the catalogue, made up from what the catalogue says of its columns, so that a table
 * which comes tomorrow has one too. Whoever adds a table that this cannot fill is told its name and what PostgreSQL said.
 */
public final class CatalogueRows {

    private static final String ACT_FOR = "select set_config('request.jwt.claims', '{\"sub\":\"%s\"}', true)";
    private static final String BROKEN_CHECK = "23514";
    private static final String MISSING_PARENT = "23503";
    private static final Pattern LITERAL = Pattern.compile("'([^']*)'");
    private static final Map<String, List<String>> BY_TYPE = Map.of(
            "text", List.of("a", "UTC", "x", "1", "2"),
            "bytea", List.of("\\x00", "\\x" + "00".repeat(32), "\\x" + "00".repeat(12), "\\x" + "00".repeat(64)),
            "jsonb", List.of("{}", "[]"),
            "text[]", List.of("{a}"),
            "date", List.of("2026-01-01"),
            "boolean", List.of("false", "true"),
            "timestamp with time zone", List.of("2026-01-01T00:00:00Z"));
    private static final Set<String> MADE_BY_A_JOB = Set.of("knowledge_generations", "knowledge_heads", "knowledge_vectors");
    private static final List<String> NUMBERS = List.of("1", "0", "100");

    private final Connection owner;
    private @Nullable PreparedStatement print;
    private int printed;

    public CatalogueRows(Connection owner) {
        this.owner = owner;
    }

    /** Every tenant table; partitions are reached through their parent and stand for themselves too. */
    public List<String> tables() throws SQLException {
        return texts("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname");
    }

    /** The tables that hold rows of their own or of their partitions, parents of foreign keys first. */
    List<String> fillable() throws SQLException {
        List<String> waiting = new ArrayList<>(texts("""
                select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by relname
                """));
        Set<String> ordered = new LinkedHashSet<>();
        while (!waiting.isEmpty()) {
            for (String table : List.copyOf(waiting)) {
                List<String> parents = texts("""
                        select confrelid::regclass::text from pg_constraint where contype = 'f' and conrelid = 'public.%s'::regclass and confrelid <> conrelid
                        """.formatted(table));
                if (ordered.containsAll(parents.stream().filter(waiting::contains).toList())) {
                    ordered.add(table);
                    waiting.remove(table);
                }
            }
        }
        return List.copyOf(ordered);
    }

    /** Fills the tables in which this tenant has nothing yet. */
    public void fill(Tenant tenant) throws SQLException {
        owner.setAutoCommit(false);
        try {
            actFor(tenant);
            for (String table : fillable()) {
                if (texts("select 1 from public." + table + " where user_id = '" + tenant.id() + "' limit 1").isEmpty()) {
                    insert(table, tenant);
                }
            }
            owner.commit();
        } finally {
            owner.rollback();
            owner.setAutoCommit(true);
        }
    }

    /** Everything that the tenant has in one table, in an order that does not change. */
    public List<String> rows(String table, Tenant tenant) throws SQLException {
        owner.setAutoCommit(false);
        try {
            actFor(tenant);
            return texts("select to_jsonb(t)::text from public." + table + " t where user_id = '" + tenant.id() + "' order by 1");
        } finally {
            owner.rollback();
            owner.setAutoCommit(true);
        }
    }

    /**
     * A print of everything that the tenant has, in all tables but those that a job makes from others: two are equal when nothing was
     * written between them.
     */
    public String print(Tenant tenant) throws SQLException {
        if (print == null) {
            List<String> tables = tables().stream().filter(table -> !MADE_BY_A_JOB.contains(table)).toList();
            printed = tables.size();
            print = owner.prepareStatement("select set_config('request.jwt.claims', ?, true);" + tables.stream()
                    .map(table -> "select '%1$s ' || count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from public.%1$s t where user_id = ?".formatted(table))
                    .collect(Collectors.joining(" union all ")));
        }
        // One trip, and so one transaction, which the claims end with.
        print.setString(1, "{\"sub\":\"" + tenant.id() + "\"}");
        for (int i = 0; i < printed; i++) {
            print.setObject(i + 2, tenant.id());
        }
        print.execute();
        print.getMoreResults();
        try (ResultSet rows = print.getResultSet()) {
            return String.join("\n", texts(rows));
        }
    }

    /** The number that the next transaction gets which changes a row: while it stays the same, nothing was written in any table. */
    public String nextTransaction() throws SQLException {
        return texts("select pg_snapshot_xmax(pg_current_snapshot())").getFirst();
    }

    private void actFor(Tenant tenant) throws SQLException {
        texts(ACT_FOR.formatted(tenant.id()));
    }

    /** Columns that need a value, each with the values it might take; a check that refuses one asks for the next. */
    private void insert(String table, Tenant tenant) throws SQLException {
        Map<String, List<String>> values = needed(table, tenant);
        while (true) {
            Savepoint before = owner.setSavepoint();
            try (Statement statement = owner.createStatement()) {
                statement.execute("insert into public.%s (user_id%s) values ('%s'%s)".formatted(
                        table,
                        values.keySet().stream().map(column -> ", " + column).collect(Collectors.joining()),
                        tenant.id(),
                        values.values().stream().map(candidates -> ", '" + candidates.getFirst() + "'").collect(Collectors.joining())));
                return;
            } catch (PSQLException e) {
                owner.rollback(before);
                if (!asksForAnother(e) || !next(table, Objects.requireNonNull(e.getServerErrorMessage()).getConstraint(), values)) {
                    throw new AssertionError("no row can be made up for public." + table + "; teach CatalogueRows one: " + e.getMessage(), e);
                }
            }
        }
    }

    /** Whether another value may be let in, where a rule or the parent that a row has says so. */
    static boolean asksForAnother(PSQLException refused) {
        return (BROKEN_CHECK.equals(refused.getSQLState()) || MISSING_PARENT.equals(refused.getSQLState())) && refused.getServerErrorMessage() != null;
    }

    /** The columns that a constraint names, and those that a column of it is made from. */
    List<String> columnsOf(String table, @Nullable String constraint) throws SQLException {
        return texts("""
                select a.attname from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid
                where k.conrelid = 'public.%s'::regclass and k.conname = '%s' and (a.attnum = any (k.conkey) or exists (
                  select from pg_attrdef d where d.adrelid = k.conrelid and d.adnum = any (k.conkey) and pg_get_expr(d.adbin, d.adrelid) ~ ('\\m' || a.attname || '\\M')))
                order by a.attnum
                """.formatted(table, constraint));
    }

    private boolean next(String table, @Nullable String check, Map<String, List<String>> values) throws SQLException {
        for (String column : columnsOf(table, check)) {
            List<String> candidates = values.get(column);
            if (candidates != null && candidates.size() > 1) {
                candidates.removeFirst();
                return true;
            }
        }
        return false;
    }

    private Map<String, List<String>> needed(String table, Tenant tenant) throws SQLException {
        Map<String, String> types = pairs("""
                select attname, format_type(atttypid, null) from pg_attribute
                where attrelid = 'public.%s'::regclass and attnum > 0 and not attisdropped and attnotnull and not atthasdef and attidentity = '' and attname <> 'user_id'
                order by attnum
                """.formatted(table));
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> column : types.entrySet()) {
            List<String> parents = texts("""
                    select format('select %%I::text from %%s where user_id = ''%1$s'' limit 1', p.attname, k.confrelid::regclass)
                    from pg_constraint k, unnest(k.conkey, k.confkey) as pair (child, parent)
                      join pg_attribute p on p.attnum = pair.parent join pg_attribute c on c.attnum = pair.child
                      left join pg_attrdef d on d.adrelid = c.attrelid and d.adnum = c.attnum and c.attgenerated = 's'
                    where k.contype = 'f' and k.conrelid = 'public.%2$s'::regclass and c.attrelid = k.conrelid and p.attrelid = k.confrelid
                      and (c.attname = '%3$s' or format_type(c.atttypid, null) = '%4$s' and pg_get_expr(d.adbin, d.adrelid) ~ '\\m%3$s\\M')
                    """.formatted(tenant.id(), table, column.getKey(), column.getValue()));
            values.put(column.getKey(), new ArrayList<>(parents.isEmpty() ? candidates(table, column.getKey(), column.getValue()) : texts(parents.getFirst())));
        }
        return values;
    }

    private List<String> candidates(String table, String column, String type) throws SQLException {
        Stream<String> named = texts("""
                select pg_get_constraintdef(k.oid) from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
                where k.contype = 'c' and k.conrelid = 'public.%s'::regclass and a.attname = '%s'
                """.formatted(table, column)).stream()
                .flatMap(check -> LITERAL.matcher(check).results().map(found -> found.group(1)));
        return Stream.concat(type.equals("text") ? named : Stream.of(), values(type).stream()).distinct().toList();
    }

    private static List<String> values(String type) {
        return type.equals("uuid") ? List.of(UUID.randomUUID().toString()) : BY_TYPE.getOrDefault(type, NUMBERS);
    }

    private Map<String, String> pairs(String sql) throws SQLException {
        Map<String, String> all = new LinkedHashMap<>();
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                all.put(rows.getString(1), rows.getString(2));
            }
        }
        return all;
    }

    /** What the catalogue answers, as texts of the first column. */
    public List<String> texts(String sql) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return texts(rows);
        }
    }

    private static List<String> texts(ResultSet rows) throws SQLException {
        List<String> all = new ArrayList<>();
        while (rows.next()) {
            all.add(String.valueOf(rows.getString(1)));
        }
        return all;
    }

    /** The ids in what the tenant has: whoever else sees one of them has seen a row. */
    public Set<String> marks(Tenant tenant) throws SQLException {
        Set<String> marks = new LinkedHashSet<>(Set.of(tenant.id().toString()));
        for (String table : tables()) {
            for (String row : rows(table, tenant)) {
                Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").matcher(row).results().map(found -> found.group()).forEach(marks::add);
            }
        }
        return marks;
    }
}
