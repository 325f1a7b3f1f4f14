package social.coral.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresLogTest {

    @TempDir
    Path folder;

    /** Otherwise a tenant fills the disk: a refused row of ten bytes makes a line of hundreds. */
    @Test
    void refusedStatementsAreNotLogged() throws Exception {
        Path data = folder.resolve("data");
        try (CoralProcess coral = CoralProcess.start(data, Map.of())) {
            coral.awaitAddress();
            long before = bytes(data);
            int port = Postmaster.of(data.resolve("postgres")).orElseThrow().port();
            String password = Files.readString(data.resolve(EmbeddedDatabase.PASSWORD)).strip();
            try (Connection owner = EmbeddedDatabase.serverAt(port, password).connectAsOwner();
                    Statement statement = owner.createStatement()) {
                for (int i = 0; i < 100; i++) {
                    assertThatThrownBy(() -> statement.execute("select 1 / 0")).isInstanceOf(SQLException.class);
                    assertThatThrownBy(() -> statement.execute("do $$ begin raise warning 'hostile'; perform 'x'::int; end $$")).isInstanceOf(SQLException.class);
                }
            }
            assertThat(bytes(data) - before).isLessThan(1_000);
        }
    }

    private static long bytes(Path data) throws IOException {
        try (Stream<Path> logs = Files.list(data.resolve("logs"))) {
            return logs.filter(log -> log.getFileName().toString().startsWith("postgres-")).mapToLong(log -> log.toFile().length()).sum();
        }
    }
}
