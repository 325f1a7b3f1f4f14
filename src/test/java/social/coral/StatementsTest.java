package social.coral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads the SQL of the product: every text in its classes that names a table of tenants or people, and every migration. A statement
 * says {@code user_id = :tenant}, without which a distributed server asks every shard, and has no form that such a server refuses.
 */
class StatementsTest {

    private static final Pattern READS = Pattern.compile("\\b(from|join|update|into|using)\\s+(only\\s+)?public\\.\\w+");
    private static final Pattern READS_PEOPLE = Pattern.compile("\\b(from|join|update|into|using)\\s+(only\\s+)?(public|auth|audit|jobs|tenancy)\\.\\w+");
    private static final Pattern BOUND = Pattern.compile("\\buser_id\\s*=\\s*:tenant\\b");
    private static final Pattern INSERTS = Pattern.compile("\\binsert\\s+into\\s+public\\.\\w+");

    // Landed before a check in a new column had to have a name.
    private static final String LAST_WITH_UNNAMED_CHECKS = "V20261126_1610";

    @Test
    void everyStatementOnATenantTableBindsItsTenant() {
        List<String> statements = ProductSql.texts().filter(text -> READS.matcher(text).find()).toList();

        assertThat(statements).hasSizeGreaterThan(40).allSatisfy(sql -> assertThat(missing(sql)).isEmpty());
    }

    @Test
    void noStatementHasAFormThatADistributedServerRefuses() {
        List<String> statements = ProductSql.texts().filter(text -> READS_PEOPLE.matcher(text).find() && !text.contains("pg_catalog") && !text.contains("pg_class")).toList();

        assertThat(statements).hasSizeGreaterThan(80).filteredOn(sql -> !DistributedSql.refused(sql).isEmpty()).isEmpty();
    }

    @Test
    void noMigrationHasAFormThatADistributedServerRefuses() throws IOException {
        assertThat(migrations(file -> true)).hasSizeGreaterThan(30).allSatisfy(sql -> assertThat(DistributedSql.refusedAnywhere(sql)).isEmpty());
        assertThat(migrations(file -> file.compareTo(LAST_WITH_UNNAMED_CHECKS) > 0 && !file.startsWith(LAST_WITH_UNNAMED_CHECKS)))
                .isNotEmpty().allSatisfy(sql -> assertThat(DistributedSql.unnamedChecks(sql)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "select * from public.tweets where id = :id",
        "select * from public.tweets t join public.blogs b on b.id = t.blog_id where t.user_id = :tenant",
        "update public.tweets set status = :status where id = :id",
        "delete from public.tweets where user_id = auth.uid()"
    })
    void aStatementWithoutItsTenantIsFound(String sql) {
        assertThat(missing(sql)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "update public.runs set started_at = coalesce(started_at, now()) where user_id = :tenant",
        "update public.runs set started_at = coalesce((select max(at) from public.steps where user_id = :tenant), clock_timestamp())",
        "update public.runs set ended_at = case when status = 'running' then null else now() end where user_id = :tenant",
        "update public.runs set ended_at = case when a then case when b then 1 else 2 end when current_date > '2026-01-01' then 3 end",
        "insert into public.tweets (content) values (:content) on conflict (user_id, id) do update set content = excluded.content, updated_at = now()",
        "with added as (insert into public.tweets (content) values (:content) on conflict do update set id = gen_random_uuid()) select 1",
        "insert into public.tweets (content, zone) values (:content, (select time_zone from public.user_profiles where user_id = :tenant))",
        "insert into public.tweets (content, zone) values ('a', 'b'), ('c', coalesce(:zone, (select zone from public.user_profiles)))",
        "select 1 from public.tweets where user_id = :tenant and exists (select from public.blogs where user_id = :tenant)",
        "insert into public.tweets (content) select content from public.blogs",
        "delete from public.tweets where id in (select id from public.tweets limit 1 for update skip locked)",
        "truncate public.tweets"
    })
    void aFormThatADistributedServerRefusesIsFound(String sql) {
        assertThat(DistributedSql.refused(sql)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "update public.runs set started_at = coalesce(started_at, :now), updated_at = now() where user_id = :tenant",
        "insert into public.tweets (content, at) values (:content, now()) on conflict (user_id, id) do update set at = excluded.at where tweets.at < now()",
        "insert into public.tweets (content) values (:content) on conflict (user_id, id) do update set content = excluded.content returning now()",
        "select coalesce(expires_at < now(), false) from auth.coral_sessions"
    })
    void aFormThatItTakesIsNot(String sql) {
        assertThat(DistributedSql.refused(sql)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "alter table public.tweets add column note text check (length(note) < 9);",
        "alter table public.tweets add note text check (length(note) < 9);",
        "alter table public.tweets add column a int, add column b int default (1 + 1) not null check (b > 0), add column c int;",
        "alter table public.tweets add column a int constraint a_range check (a > 0) check (a < 9);"
    })
    void anUnnamedCheckOfANewColumnIsFound(String migration) {
        assertThat(DistributedSql.unnamedChecks(migration)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "alter table public.tweets add column note text constraint tweets_note_length check (length(note) < 9);",
        "alter table public.tweets add column note text, add constraint tweets_note_length check (length(note) < 9);",
        "create table public.notes (user_id uuid not null, content text check (content <> ''));"
    })
    void aNamedOneIsNot(String migration) {
        assertThat(DistributedSql.unnamedChecks(migration)).isEmpty();
    }

    /** One predicate for each table that is read or changed; an insert that takes its tenant from the default needs none. */
    private static List<String> missing(String sql) {
        long tables = READS.matcher(sql).results().count() - INSERTS.matcher(sql).results().count();
        long bound = BOUND.matcher(sql).results().count();
        return bound >= tables ? List.of() : List.of(tables + " tables, " + bound + " times the tenant: " + sql);
    }

    private static List<String> migrations(Predicate<String> named) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/db/migration"))) {
            return new ArrayList<>(files.filter(file -> file.toString().endsWith(".sql") && named.test(file.getFileName().toString())).map(StatementsTest::read).toList());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).toLowerCase(Locale.ROOT).replaceAll("--[^\\n]*", "").replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
