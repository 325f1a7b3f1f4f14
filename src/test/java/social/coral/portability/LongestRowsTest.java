package social.coral.portability;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CatalogueRows;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.installation.DatabaseServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fills every column of every table that an archive reaches with the longest value that the catalogue allows, so that a new one is
 * filled by itself, and reads everything afterwards. One that this cannot fill fails by name.
 */
@CoralTest
class LongestRowsTest {

    private static final int ROWS = 12;
    private static final Pattern LITERAL = Pattern.compile("'([^']*)'::text");
    private static final Pattern LENGTH = Pattern.compile("(octet_)?length\\([^<]*<= (\\d+)");
    private static final String LAST_TIME = "2199-12-31T23:59:59Z";
    private static final List<String> PAGES = List.of("/dashboard", "/accounts", "/tweets", "/tweets/mine", "/persona", "/agents", "/logs", "/settings", "/settings/usage",
            "/settings/data", "/api/tweets?limit=100", "/api/tweets/cache?limit=100", "/api/x-accounts?limit=100", "/api/personas", "/api/agents", "/api/runs",
            "/api/logs", "/api/user/profile", "/api/user/audit", "/api/user/export");

    /** A column with the checks that are about it alone. */
    private record Bounded(String name, String type, List<String> checks) {

        boolean isOneOfSeveral() {
            return checks.stream().anyMatch(check -> check.contains("ANY"));
        }

        int most(boolean bytes) {
            return checks.stream().flatMap(check -> LENGTH.matcher(check).results())
                    .filter(found -> (found.group(1) != null) == bytes)
                    .mapToInt(found -> Integer.parseInt(found.group(2))).min().orElse(Integer.MAX_VALUE);
        }
    }

    @Autowired
    private TenantTables tables;

    @Autowired
    private DatabaseServer server;

    @Autowired
    private People people;

    @Autowired
    private JsonMapper json;

    @Test
    void everyColumnTakesItsLongestValueAndNothingThatIsLongerAndEverythingCanBeReadAfterwards() throws Exception {
        TestPerson person = people.aPerson();
        Map<String, List<Map<String, Object>>> longest = new LinkedHashMap<>();
        List<String> beyond = new ArrayList<>();
        try (Connection owner = server.connectAsOwner()) {
            for (TenantTable table : person.tenant().call(tables::all)) {
                if (table.keptHere() == null && table.notExported().isEmpty() && table.columns().stream().noneMatch(column -> column.needed() && column.notExported().isPresent())) {
                    longest.put(table.name(), rows(owner, table));
                }
            }
            for (Map.Entry<String, List<Map<String, Object>>> table : longest.entrySet()) {
                leadToRows(owner, table.getKey(), table.getValue(), longest);
            }
        }
        assertThat(longest).containsKeys("tweets", "tweets_cache", "x_accounts", "personas");

        TestAnswer imported = send(person, longest);
        assertThat(imported.json().get("rejected").isEmpty()).as(imported.body()).isTrue();
        assertThat(imported.json().get("tables").valueStream()).hasSize(longest.size()).allSatisfy(table -> assertThat(table.get("imported").asInt()).isEqualTo(ROWS));

        try (Connection owner = server.connectAsOwner()) {
            for (TenantTable table : person.tenant().call(tables::all)) {
                List<Map<String, Object>> taken = longest.getOrDefault(table.name(), List.of());
                for (Bounded column : taken.isEmpty() ? List.<Bounded>of() : columns(owner, table)) {
                    String longer = longer(column, taken.getFirst());
                    if (longer != null) {
                        Map<String, Object> row = new LinkedHashMap<>(taken.getFirst());
                        row.put("id", UUID.randomUUID().toString());
                        row.put(column.name(), longer);
                        TestAnswer refused = send(person, Map.of(table.name(), List.of(row)));
                        assertThat(refused.json().get("rejected").valueStream().map(each -> each.get("reason").asString())).as("%s.%s", table.name(), column.name())
                                .singleElement().asString().containsAnyOf("breaks the rule " + table.name() + "_" + column.name(), column.name() + " is not a time zone");
                        beyond.add(table.name() + "." + column.name());
                    }
                }
            }
        }
        assertThat(beyond).hasSizeGreaterThan(20);
        everythingCanBeRead(person);
        everyImportCanBeUndone(person);
    }

    private static void everyImportCanBeUndone(TestPerson person) {
        List<String> imports = person.get("/api/tweets/cache/imports").json().at("/imports").valueStream().map(each -> each.at("/id").asString()).toList();
        assertThat(imports).isNotEmpty().allSatisfy(id -> {
            assertThat(person.browser().get("/tweets/imports/" + id + "/take-back").status()).isEqualTo(200);
            assertThat(person.delete("/api/tweets/cache/imports/" + id).status()).isLessThan(300);
        });
    }

    private static void everythingCanBeRead(TestPerson person) throws InterruptedException {
        for (String path : PAGES) {
            TestAnswer answer = path.startsWith("/api") ? person.get(path) : person.browser().get(path);
            assertThat(answer.status()).as(path).isIn(200, 302, 303);
        }
        person.post("/api/user/api-keys", Map.of("service_name", "twitter_bearer", "api_key", "sandbox-abcdefgh1234"));
        TestAnswer started = person.post("/api/agents/tweet-scraping/run", Map.of());
        assertThat(started.status()).as(started.body()).isEqualTo(202);
        String run = "/api/runs/" + started.text("/run/id");
        for (int i = 0; i < 200 && !List.of("succeeded", "failed").contains(person.get(run).text("/run/status")); i++) {
            Thread.sleep(100);
        }
        TestAnswer ended = person.get(run);
        assertThat(ended.text("/run/status")).as(ended.body()).isIn("succeeded", "failed");
        assertThat(ended.body()).doesNotContain("went wrong on our side");
        assertThat(person.browser().get("/runs/" + started.text("/run/id")).status()).isEqualTo(200);
    }

    /** One more than the longest, or a time that is none; null where the type itself says what fits. */
    private static @Nullable String longer(Bounded column, Map<String, Object> row) {
        return switch (column.type()) {
            case "text" -> row.get(column.name()) instanceof String text && !text.isEmpty() ? text + text.substring(text.offsetByCodePoints(text.length(), -1)) : null;
            case "timestamp with time zone" -> "infinity";
            default -> null;
        };
    }

    private static List<Map<String, Object>> rows(Connection owner, TenantTable table) throws SQLException {
        List<Bounded> columns = columns(owner, table);
        List<String> unique = new CatalogueRows(owner).texts("""
                select distinct a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.atttypid = 'text'::regtype
                where i.indisunique and i.indrelid = 'public.%s'::regclass and pg_get_indexdef(i.indexrelid) ~ ('\\m' || a.attname || '\\M')
                """.formatted(table.name()));
        List<Map<String, Object>> rows = new ArrayList<>();
        Map<String, Object> first = new LinkedHashMap<>();
        for (Bounded column : columns) {
            first.put(column.name(), longest(owner, table, column));
        }
        Set<String> ruledOut = ruledOut(owner, table, columns, first);
        for (int i = 0; i < ROWS; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (Bounded column : columns) {
                if (ruledOut.contains(column.name())) {
                    continue;
                }
                Object value = longest(owner, table, column);
                // As long as before, and another in each row; never a zero at the beginning of a number.
                row.put(column.name(), unique.contains(column.name()) && !column.isOneOfSeveral() && value instanceof String text && text.length() > 4 ? varied(text, column, i + 10) : value);
            }
            rows.add(row);
        }
        return rows;
    }

    /** The optional columns that other values of the row rule out, such as a score for what is never judged. */
    private static Set<String> ruledOut(Connection owner, TenantTable table, List<Bounded> columns, Map<String, Object> row) throws SQLException {
        Set<String> out = new HashSet<>();
        for (String line : new CatalogueRows(owner).texts("""
                select string_agg(a.attname, ',' order by a.attnotnull, a.attnum) || '|' || pg_get_constraintdef(k.oid) from pg_constraint k
                join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
                where k.contype = 'c' and cardinality(k.conkey) > 1 and k.conrelid = 'public.%s'::regclass group by k.oid
                """.formatted(table.name()))) {
            String[] parts = line.split("\\|", 2);
            List<Bounded> of = Stream.of(parts[0].split(",")).flatMap(name -> columns.stream().filter(column -> column.name().equals(name))).toList();
            if (of.size() == parts[0].split(",").length && !holds(owner, parts[1], of, row)) {
                out.add(of.getFirst().name());
            }
        }
        return out;
    }

    private static boolean holds(Connection owner, String check, List<Bounded> columns, Map<String, Object> row) throws SQLException {
        String tried = columns.stream().map(column -> "cast(? as %s) as %s".formatted(column.type(), column.name())).collect(Collectors.joining(", "));
        try (PreparedStatement statement = owner.prepareStatement("select (%s) is not false from (select %s) as tried".formatted(
                check.replaceFirst("^CHECK ", "").replace("?", "??"), tried))) {
            for (int i = 0; i < columns.size(); i++) {
                statement.setObject(i + 1, literal(Objects.requireNonNull(row.get(columns.get(i).name()))), java.sql.Types.OTHER);
            }
            try (ResultSet held = statement.executeQuery()) {
                held.next();
                return held.getBoolean(1);
            }
        }
    }

    private static String literal(Object value) {
        return value instanceof List<?> items ? items.stream().map(item -> "\"" + item + "\"").collect(Collectors.joining(",", "{", "}")) : String.valueOf(value);
    }

    private static String varied(String text, Bounded column, int number) {
        String ascii = text.codePointAt(0) < 128 ? text : "a".repeat(Math.min(column.most(false), column.most(true)));
        return ascii.substring(0, ascii.length() - 2) + number;
    }

    private static Object longest(Connection owner, TenantTable table, Bounded column) throws SQLException {
        for (Object candidate : candidates(column)) {
            if (fits(owner, column, candidate)) {
                return candidate;
            }
        }
        throw new AssertionError("no longest value can be made up for " + table.name() + "." + column.name() + "; teach LongestRowsTest one");
    }

    private static List<Object> candidates(Bounded column) {
        List<Object> literals = column.checks().stream().filter(check -> check.contains("ANY")).flatMap(check -> LITERAL.matcher(check).results()).map(found -> found.group(1))
                .sorted(Comparator.comparingInt(String::length).reversed()).collect(Collectors.toList());
        if (!literals.isEmpty()) {
            return literals;
        }
        int characters = Math.min(column.most(false), column.most(true));
        assertThat(characters).as("the bound of %s", column.name()).matches(most -> !column.type().equals("text") || most < 1_048_576);
        return switch (column.type()) {
            case "text" -> Stream.concat(
                            Stream.of(
                                    column.name().equals("time_zone") ? ZoneId.getAvailableZoneIds().stream().max(Comparator.comparingInt(String::length)).orElseThrow() : "",
                                    "🪸".repeat(Math.min(column.most(false), column.most(true) / 4)),
                                    "https://" + "🪸".repeat(Math.max(0, Math.min(column.most(false) - 8, (column.most(true) - 8) / 4))),
                                    UUID.randomUUID().toString()),
                            // Shapes let through fewer letters than the length does.
                            IntStream.iterate(Math.min(characters, 64), length -> length > 0, length -> length - 1).boxed().flatMap(length -> Stream.of("9".repeat(length), "a".repeat(length))))
                    .filter(text -> !text.isEmpty()).map(Object.class::cast).toList();
            case "timestamp with time zone" -> List.of(LAST_TIME);
            case "jsonb" -> Stream.of("[\"" + "x".repeat(characters - 4) + "\"]", "{}", "[]").map(text -> (Object) JsonMapper.shared().readTree(text)).toList();
            case "uuid" -> List.of(UUID.randomUUID().toString());
            case "boolean" -> List.of(true);
            case "text[]" -> List.of(List.of("🪸".repeat(Math.max(0, characters - 8) / 4)), List.of("🪸".repeat(60)), List.of());
            default -> List.of(Integer.MAX_VALUE, (int) Short.MAX_VALUE, 100, 1, 0);
        };
    }

    /** Has what refers to rows of other tables refer to those that are sent. */
    private static void leadToRows(Connection owner, String table, List<Map<String, Object>> rows, Map<String, List<Map<String, Object>>> all) throws SQLException {
        for (String reference : new CatalogueRows(owner).texts("""
                select a.attname || '=' || c.relname from pg_constraint k
                join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2] join pg_class c on c.oid = k.confrelid
                where k.contype = 'f' and cardinality(k.conkey) = 2 and k.conrelid = 'public.%s'::regclass
                """.formatted(table))) {
            String[] parts = reference.split("=");
            List<Map<String, Object>> others = all.getOrDefault(parts[1], List.of());
            for (int i = 0; i < Math.min(rows.size(), others.size()); i++) {
                if (rows.get(i).containsKey(parts[0])) {
                    rows.get(i).put(parts[0], Objects.requireNonNull(others.get(i).get("id")));
                }
            }
        }
    }

    private static boolean fits(Connection owner, Bounded column, Object candidate) throws SQLException {
        String conditions = column.checks().stream().map(check -> check.replaceFirst("^CHECK ", "")).collect(Collectors.joining(" and ", "", ""));
        try (PreparedStatement statement = owner.prepareStatement("select %s from (select cast(? as %s) as %s) as tried"
                .formatted(conditions.isEmpty() ? "true" : conditions.replace("?", "??"), column.type(), column.name()))) {
            statement.setObject(1, literal(candidate), java.sql.Types.OTHER);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        } catch (SQLException e) {
            // Not a value of the type at all, such as a number that is too large.
            return false;
        }
    }

    private static List<Bounded> columns(Connection owner, TenantTable table) throws SQLException {
        List<Bounded> columns = new ArrayList<>();
        for (TenantTable.Column column : table.exported()) {
            if (!column.isTenant() && column.given()) {
                columns.add(new Bounded(column.name(), column.type(), new CatalogueRows(owner).texts("""
                        select pg_get_constraintdef(k.oid) from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and k.conkey = array[a.attnum]
                        where k.contype = 'c' and k.conrelid = 'public.%s'::regclass and a.attname = '%s'
                        """.formatted(table.name(), column.name()))));
            }
        }
        return columns;
    }

    private TestAnswer send(TestPerson person, Map<String, List<Map<String, Object>>> rows) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<Manifest.File> told = new ArrayList<>();
        rows.forEach((table, each) -> {
            byte[] lines = each.stream().map(json::writeValueAsString).collect(Collectors.joining("\n", "", "\n")).getBytes(StandardCharsets.UTF_8);
            String name = "tables/" + table + ".ndjson";
            files.put(name, lines);
            told.add(new Manifest.File(name, table, each.size(), lines.length, HexFormat.of().formatHex(ArchiveWriter.sha256().digest(lines)),
                    each.getFirst().keySet().stream().map(column -> new Manifest.Column(column, "text", true)).toList()));
        });
        files.put("manifest.json", json.writeValueAsBytes(new Manifest(Manifest.FORMAT, Manifest.VERSION, java.time.Instant.now(), told, List.of())));
        TestAnswer answer = person.api().send("POST", "/api/user/import", HttpRequest.BodyPublishers.ofByteArray(Archive.packed(files)), "application/zip");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }
}
