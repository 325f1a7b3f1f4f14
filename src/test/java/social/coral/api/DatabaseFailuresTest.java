package social.coral.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.TransactionSystemException;

class DatabaseFailuresTest {

    @Test
    void aTransientFailureIsRecognizedWhateverItIsWrappedIn() {
        // No connection, a role that is not let in, no room on the disk, too many connections, a stop, recovery, a standby, a lock that others hold, a statement that took too long.
        for (String state : List.of("08006", "28P01", "28000", "53100", "53300", "57P01", "57P03", "25006", "55P03", "57014")) {
            SQLException cause = new SQLException("passing", state);
            for (Exception failure : List.of(
                    new UncategorizedSQLException("task", "sql", cause),
                    new TransactionSystemException("commit", cause),
                    new IllegalStateException(new UncategorizedSQLException("task", "sql", cause)))) {
                assertThat(DatabaseFailures.toFailure(failure, new MockHttpServletRequest("POST", "/api/tweets"))).as("%s in %s", state, failure)
                        .hasValueSatisfying(answer -> {
                            assertThat(answer.status().value()).isEqualTo(503);
                            assertThat(answer.retryAfter()).isPresent();
                        });
            }
        }
    }

    @Test
    void aReadOnlyDatabaseIsNotReportedAsUnavailable() {
        SQLException readOnly = new SQLException("cannot execute INSERT in a read-only transaction", "25006");
        assertThat(DatabaseFailures.toFailure(new UncategorizedSQLException("task", "sql", readOnly), new MockHttpServletRequest("POST", "/api/tweets")))
                .hasValueSatisfying(answer -> assertThat(answer.sentence()).startsWith("The database takes no changes at present"));
    }

    @Test
    void aFaultOfOursIsNotBlamedOnTheDatabase() {
        for (String state : List.of("42601", "42P01", "23505", "22001")) {
            assertThat(DatabaseFailures.toFailure(
                    new UncategorizedSQLException("task", "sql", new SQLException("ours", state)), new MockHttpServletRequest("GET", "/"))).as(state).isEmpty();
        }
    }

    @Test
    void aStatementAfterAFailureIsClassifiedByThatFailure() {
        assertThat(afterAFailure("53100")).hasValueSatisfying(answer -> assertThat(answer.code()).isEqualTo("database_away"));
        assertThat(afterAFailure(null)).hasValueSatisfying(answer -> assertThat(answer.code()).isEqualTo("busy"));
        assertThat(afterAFailure("42601")).isEmpty();
    }

    private static Optional<Failure> afterAFailure(@Nullable String state) {
        SQLException after = new SQLException("current transaction is aborted", "25P02", state == null ? null : new SQLException("the first", state));
        return DatabaseFailures.toFailure(new UncategorizedSQLException("task", "sql", after), new MockHttpServletRequest("GET", "/"));
    }
}
