package social.coral.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        "postgres://u:p@db.example.org:6432/shop, jdbc:postgresql://db.example.org:6432/shop",
        "postgresql://u:p@localhost/shop, jdbc:postgresql://localhost:5432/shop",
        "postgres://u:p@my_db/shop, jdbc:postgresql://my_db:5432/shop",
        "postgres://u:p@[::1]:5433/shop, jdbc:postgresql://[::1]:5433/shop",
        "'postgres://u:p@one:1,two/shop', 'jdbc:postgresql://one:1,two:5432/shop'",
    })
    void theUrlsThatProvidersHandOutAreUnderstood(String url, String address) {
        assertThat(DatabaseUrl.parse(url).jdbcUrl()).isEqualTo(address);
    }

    @Test
    void credentialsAreDecodedAndKeptOutOfTheAddress() {
        DatabaseServer server = DatabaseUrl.parse("postgres://a%40b:p%3A+%2F%25@host/shop");

        assertThat(server.owner()).containsEntry("user", "a@b").containsEntry("password", "p:+/%");
        assertThat(server.jdbcUrl()).doesNotContain("a@b", "p:");
    }

    @Test
    void theUsualParametersReachTheDriverUnderItsOwnNames() {
        DatabaseServer server = DatabaseUrl.parse(
                "postgres://u@host/shop?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem&connect_timeout=3&application_name=coral&target_session_attrs=read-write");

        assertThat(server.owner())
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslrootcert", "/etc/ca.pem")
                .containsEntry("connectTimeout", "3")
                .containsEntry("ApplicationName", "coral")
                .containsEntry("targetServerType", "primary");
    }

    @Test
    void aParameterCannotTakeTheUsersPlace() {
        assertThat(DatabaseUrl.parse("postgres://u:p@host/shop?user=x&password=y").owner())
                .containsEntry("user", "u")
                .containsEntry("password", "p");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "shop", "jdbc:postgresql://host/shop", "postgres://host/shop", "postgres://u:p@host", "postgres://u:p@host/", "postgres://u:p@host:port/shop",
        "postgres://u:topsecret%zz@host/shop", "postgres://u:top/secret@host/shop", "postgres://u:p@/shop?host=/var/run"
    })
    void anInvalidUrlIsReportedWithoutThePassword(String url) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .isInstanceOf(StartFault.class)
                .hasMessageContaining("must look like postgres://user:password@host:5432/database")
                .hasMessageNotContaining("secret");
    }
}
