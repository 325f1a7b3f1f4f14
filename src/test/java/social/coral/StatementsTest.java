package social.coral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads the SQL of the product: every text in its classes that names a tenant table, and every migration. A statement says
 * {@code user_id = :tenant}, without which a distributed server asks every shard, and takes no form that such a server refuses.
 */
class StatementsTest {

    private static final Pattern READS = Pattern.compile("\\b(from|join|update|into|using)\\s+(only\\s+)?public\\.\\w+");
    private static final Pattern BOUND = Pattern.compile("\\buser_id\\s*=\\s*:tenant\\b");
    private static final Pattern INSERTS = Pattern.compile("\\binsert\\s+into\\s+public\\.\\w+");

    /** What a distributed server refuses, with the words that give it away. */
    private static final List<Pattern> REFUSED = Stream.of(
                    "insert\\s+into\\s+public\\.\\w+[^;]*?\\)\\s*select\\b",
                    "\\bcopy\\s+public\\.",
                    "\\bin\\s*\\(\\s*select\\b[^)]*\\blimit\\b[^)]*\\bskip\\s+locked",
                    "\\bon\\s+delete\\s+set\\s+null",
                    "\\bcreate\\s+(constraint\\s+)?trigger\\b",
                    "\\bcreate\\s+rule\\b",
                    "public\\.\\w+[^;]*\\bserial\\b",
                    "create\\s+policy[^;]*\\(\\s*select\\b",
                    "\\bset\\s+session\\b",
                    "\\btruncate\\b")
            .map(Pattern::compile)
            .toList();

    @Test
    void everyStatementOnATenantTableBindsItsTenant() {
        List<String> statements = ProductSql.texts().filter(text -> READS.matcher(text).find()).toList();

        assertThat(statements).hasSizeGreaterThan(40).allSatisfy(sql -> assertThat(missing(sql)).isEmpty());
    }

    @Test
    void noStatementAndNoMigrationTakesAFormThatADistributedServerRefuses() throws IOException {
        List<String> all = new ArrayList<>(ProductSql.texts().filter(text -> READS.matcher(text).find()).toList());
        try (Stream<Path> migrations = Files.walk(Path.of("src/main/resources/db/migration"))) {
            migrations.filter(file -> file.toString().endsWith(".sql")).map(StatementsTest::read).forEach(all::add);
        }

        assertThat(all).allSatisfy(sql -> assertThat(REFUSED).noneMatch(form -> form.matcher(sql).find()));
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

    /** One predicate for each table that is read or changed; an insert that takes its tenant from the default needs none. */
    private static List<String> missing(String sql) {
        long tables = READS.matcher(sql).results().count() - INSERTS.matcher(sql).results().count();
        long bound = BOUND.matcher(sql).results().count();
        return bound >= tables ? List.of() : List.of(tables + " tables, " + bound + " times the tenant: " + sql);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).toLowerCase(Locale.ROOT).replaceAll("--[^\\n]*", "").replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
