package social.coral;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import social.coral.tenancy.Tenant;

/**
 * Gives a tenant rows in every table whose columns hold the longest that the catalogue's rules allow, made of one piece of text.
 * A table or a column that comes tomorrow is filled too.
 */
public final class LongestRows {

    private static final Pattern LENGTH = Pattern.compile("octet_length\\(+\"?(\\w+)\"?\\)*(?:::text\\)*)? <= (\\d+)");
    private static final Pattern LITERAL = Pattern.compile("'([^']*)'");
    private static final String THERE_ALREADY = "23505";
    private static final int BLOCK = 1_000;
    private static final int NUMBER = 15;

    private final Connection owner;
    private final CatalogueRows catalogue;
    private final String piece;
    private final Random numbers = new Random(1);

    private record Column(String name, String type, boolean nullable, String rules, @Nullable String parent) {}

    public LongestRows(Connection owner, String piece) {
        this.owner = owner;
        this.catalogue = new CatalogueRows(owner);
        this.piece = piece;
    }

    /** Fills each table with so many rows, or as many as its rules let be. Gives the bytes of what stands there now. */
    public long fill(Tenant tenant, int rows) throws SQLException {
        owner.setAutoCommit(false);
        catalogue.texts("select set_config('request.jwt.claims', '{\"sub\":\"%s\"}', true)".formatted(tenant.id()));
        long bytes = 0;
        for (String table : catalogue.fillable()) {
            fill(table, tenant, rows);
            bytes += Long.parseLong(catalogue.texts("select coalesce(sum(octet_length(t::text)), 0) from public." + table + " t where user_id = '" + tenant.id() + "'").getFirst());
        }
        owner.commit();
        owner.setAutoCommit(true);
        return bytes;
    }

    private void fill(String table, Tenant tenant, int rows) throws SQLException {
        List<Column> columns = columns(table);
        Map<String, Integer> chosen = new LinkedHashMap<>();
        for (int row = 0; row < rows; row++) {
            Map<String, List<@Nullable String>> candidates = new LinkedHashMap<>();
            for (Column column : columns) {
                candidates.put(column.name(), candidates(column, tenant, row));
            }
            if (!insert(table, tenant, columns, candidates, chosen)) {
                return;
            }
        }
    }

    /** Tries the longest first; a rule that refuses it asks for the next of one of its columns. False when no other row can be. */
    private boolean insert(String table, Tenant tenant, List<Column> columns, Map<String, List<@Nullable String>> candidates, Map<String, Integer> chosen)
            throws SQLException {
        String sql = "insert into public.%s (user_id, %s) values ('%s', %s)".formatted(
                table, columns.stream().map(Column::name).collect(Collectors.joining(", ")), tenant.id(),
                columns.stream().map(column -> "cast(? as " + column.type() + ")").collect(Collectors.joining(", ")));
        while (true) {
            Savepoint before = owner.setSavepoint();
            try (PreparedStatement statement = owner.prepareStatement(sql)) {
                for (int i = 0; i < columns.size(); i++) {
                    String name = columns.get(i).name();
                    statement.setString(i + 1, candidates.getOrDefault(name, List.of()).get(chosen.getOrDefault(name, 0)));
                }
                statement.execute();
                owner.releaseSavepoint(before);
                return true;
            } catch (PSQLException e) {
                owner.rollback(before);
                if (THERE_ALREADY.equals(e.getSQLState())) {
                    return false;
                }
                if (!CatalogueRows.asksForAnother(e) || !next(table, Objects.requireNonNull(e.getServerErrorMessage()).getConstraint(), candidates, chosen)) {
                    throw new AssertionError("no row can be made up for public." + table + "; teach LongestRows one: " + e.getMessage(), e);
                }
            }
        }
    }

    private boolean next(String table, @Nullable String rule, Map<String, List<@Nullable String>> candidates, Map<String, Integer> chosen) throws SQLException {
        for (String column : catalogue.columnsOf(table, rule)) {
            List<@Nullable String> of = candidates.get(column);
            if (of != null && chosen.getOrDefault(column, 0) + 1 < of.size()) {
                chosen.merge(column, 1, Integer::sum);
                return true;
            }
        }
        return false;
    }

    private List<Column> columns(String table) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (String line : catalogue.texts("""
                select concat_ws('|', a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull,
                  coalesce((select format('select %%I::text from %%s where user_id = $1 order by 1 limit 1 offset $2', p.attname, k.confrelid::regclass)
                    from pg_constraint k, unnest(k.conkey, k.confkey) as pair (child, parent) join pg_attribute p on p.attnum = pair.parent
                      join pg_attribute c on c.attnum = pair.child left join pg_attrdef d on d.adrelid = c.attrelid and d.adnum = c.attnum and c.attgenerated = 's'
                    where k.contype = 'f' and k.conrelid = a.attrelid and p.attrelid = k.confrelid and c.attrelid = a.attrelid and (pair.child = a.attnum
                      or c.atttypid = a.atttypid and pg_get_expr(d.adbin, d.adrelid) ~ ('\\m' || a.attname || '\\M')) limit 1), ''),
                  (select string_agg(pg_get_constraintdef(k.oid), ' ') from pg_constraint k
                    where k.contype = 'c' and k.conrelid = a.attrelid and a.attnum = any (k.conkey)))
                from pg_attribute a where a.attrelid = 'public.%s'::regclass and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attgenerated = ''
                  and a.attname <> 'user_id' order by a.attnum
                """.formatted(table))) {
            String[] parts = line.split("\\|", 5);
            columns.add(new Column(parts[0], parts[1], parts[2].equals("t"), parts.length < 5 ? "" : parts[4], parts[3].isEmpty() ? null : parts[3]));
        }
        return columns;
    }

    private List<@Nullable String> candidates(Column column, Tenant tenant, int row) throws SQLException {
        if (column.parent() != null) {
            String ofTenant = column.parent().replace("$1", "'" + tenant.id() + "'");
            List<String> parents = catalogue.texts(ofTenant.replace("$2", "" + row));
            return new ArrayList<>(parents.isEmpty() ? catalogue.texts(ofTenant.replace("$2", "0")) : parents);
        }
        List<@Nullable String> all = new ArrayList<>(values(column, row));
        if (column.nullable()) {
            all.add(null);
        }
        return all;
    }

    private List<String> values(Column column, int row) {
        int most = longest(column);
        return switch (column.type()) {
            case "text" -> Stream.concat(
                            Stream.of(row + " " + repeated(most - 8), row + " " + repeated(most / 4 - 4), "w" + row, "1" + "%018d".formatted(row)),
                            Stream.concat(LITERAL.matcher(column.rules()).results().map(found -> found.group(1)), Stream.of("UTC", "thing.done", "x", "1")))
                    .toList();
            case "jsonb", "json" -> List.of("{\"x\": \"" + repeated(most - 16).replace("\"", "'") + "\"}", "{}", "[]");
            case "bytea" -> Stream.of(most, 64, 32, 12, 1).map(size -> "\\x" + "00".repeat(size)).toList();
            case "uuid" -> List.of(UUID.randomUUID().toString());
            case "boolean" -> List.of("true", "false");
            case "date" -> List.of("2026-01-01");
            case "interval" -> List.of("PT30M");
            case "inet" -> List.of("2001:db8::1");
            case "timestamp with time zone" -> List.of(Instant.parse("2026-01-01T00:00:00.123456Z").plusSeconds(row).toString());
            case "smallint" -> List.of("32767", "100", "1", "0");
            case "integer" -> Stream.of("2147483647", "100", "" + row, "1", "0").toList();
            case "bigint" -> List.of("9223372036854775807", "100", "1", "0");
            case "text[]" -> List.of("{\"" + repeated(most - 8).replace("\"", "'") + "\"}", "{}", "{a}");
            default -> column.type().endsWith("[]") ? List.of("{}") : List.of("1", "0");
        };
    }

    private static int longest(Column column) {
        Matcher rule = LENGTH.matcher(column.rules());
        int most = 400;
        while (rule.find()) {
            most = rule.group(1).equals(column.name()) ? Integer.parseInt(rule.group(2)) : most;
        }
        return most;
    }

    /** Returns the piece again and again, with a number between thousands of bytes: an archive of nothing but repetitions is refused. */
    private String repeated(int bytes) {
        int length = piece.getBytes(StandardCharsets.UTF_8).length;
        StringBuilder text = new StringBuilder();
        int left = bytes;
        for (; left > BLOCK; left -= BLOCK) {
            text.append(piece.repeat((BLOCK - NUMBER) / length)).append(String.format(Locale.ROOT, "%0" + NUMBER + "d", numbers.nextLong(1_000_000_000_000_000L)));
        }
        return text.append(piece.repeat(Math.max(0, left / length))).toString();
    }
}
