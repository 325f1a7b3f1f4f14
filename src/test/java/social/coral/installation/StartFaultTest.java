package social.coral.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A failed start prints the reason and the remedy in one line, and leaves nothing running. */
class StartFaultTest {

    @TempDir
    Path folder;

    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                Arguments.of(Map.of("PORT", "abc"), "PORT is \"abc\", and must be a whole number"),
                Arguments.of(Map.of("PORT", "70000"), "PORT is \"70000\", and must be a whole number from 0 to 65535"),
                Arguments.of(Map.of("PORT", "0x1DC6"), "PORT is \"0x1DC6\", and must be a whole number from 0 to 65535"),
                Arguments.of(Map.of("CORAL_DEMO", "maybe"), "CORAL_DEMO is \"maybe\", and must be true or false"),
                Arguments.of(Map.of("CORAL_DISK_RESERVE", "lots"), "CORAL_DISK_RESERVE must be a size, like 200MB"),
                Arguments.of(Map.of("CORAL_DISK_RESERVE", "-1MB"), "CORAL_DISK_RESERVE must be a size, like 200MB"),
                Arguments.of(Map.of("CORAL_SPOOL_LIMIT", "-1GB"), "CORAL_SPOOL_LIMIT must be a size above zero"),
                Arguments.of(Map.of("CORAL_SPOOL_LIMIT", "0"), "CORAL_SPOOL_LIMIT must be a size above zero"),
                Arguments.of(Map.of("CORAL_IMPORT_LIMIT", "8000000TB"), "CORAL_IMPORT_LIMIT must be a size above zero and of at most 1000TB"),
                Arguments.of(Map.of("CORAL_RATE_LIMIT", "9223372036854775807"), "CORAL_RATE_LIMIT must be a whole number of requests a minute, from 1 to 1000000000"),
                Arguments.of(Map.of("CORAL_ROLE", "boss"), "CORAL_ROLE is \"boss\", and must be one of all, web, worker"),
                Arguments.of(Map.of("APP_URL", "coral.example.org"), "APP_URL must be the address"),
                Arguments.of(Map.of("APP_URL", "https://coral.example.org:99999"), "its port, if any, from 1 to 65535"),
                Arguments.of(Map.of("APP_URL", "https://coral_app.example"), "its host of letters, digits, hyphens and dots"),
                Arguments.of(Map.of("CORS_ORIGINS", "https://app.example.org, https://app.example.org:99999"), "CORS_ORIGINS holds \"https://app.example.org:99999\", and each must be"),
                Arguments.of(Map.of("CORAL_TRUSTED_PROXIES", "10.0.0.5, proxy"), "CORAL_TRUSTED_PROXIES holds \"proxy\", and each must be an address"),
                Arguments.of(Map.of("ENCRYPTION_KEY", "short"), "ENCRYPTION_KEY is too short"),
                Arguments.of(Map.of("ENCRYPTION_KEY", "a".repeat(64)), "ENCRYPTION_KEY is a pattern that could be guessed. Create a new one with: openssl rand -hex 32."),
                Arguments.of(Map.of("ENCRYPTION_KEY", "your-32-character-encryption-key"), "ENCRYPTION_KEY is a known placeholder"),
                Arguments.of(Map.of("CORAL_KMS_URL", "https://vault.example.org"), "CORAL_KMS_URL (like https://vault.example.org:8200), CORAL_KMS_TOKEN and CORAL_KMS_KEY"),
                Arguments.of(Map.of("QDRANT_HOST", "localhost:6334"), "QDRANT_HOST must look like http://localhost:6334"),
                Arguments.of(Map.of("QDRANT_API_KEY", "two words"), "QDRANT_API_KEY must be a key as Qdrant gives them"),
                Arguments.of(Map.of("DATABASE_URL", "mysql://somewhere"), "DATABASE_URL must look like postgres://"),
                Arguments.of(Map.of("DATABASE_URL", "postgres://u:hidden@127.0.0.1:1/shop"), "127.0.0.1:1/shop does not answer (connection refused)"));
    }

    @ParameterizedTest
    @MethodSource("wrongSettings")
    void aWrongSettingIsNamedWithWhatItShouldBe(Map<String, String> environment, String expected) {
        refuses(folder.resolve("data"), environment, expected);
    }

    @Test
    void aTakenPortIsReportedBeforeAnyDatabaseIsCreated() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            refuses(folder.resolve("data"), Map.of("PORT", port), "Port " + port + " is used by another program");
        }
        assertThat(folder.resolve("data/postgres")).doesNotExist();
    }

    @Test
    void aFileWhereTheDataFolderShouldBeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("data"), "in the way");
        refuses(file, Map.of(), "The data folder " + file + " cannot be written (" + file + " is a file where a folder is needed)");
        refuses(file.resolve("inside"), Map.of(), "CORAL_DATA");
    }

    @Test
    void aDataFolderWhoseNamePostgresCannotHoldIsRefused() {
        refuses(folder.resolve("a\nb"), Map.of(), "a?b/postgres has a line break or another control character in its name");
        refuses(folder.resolve(("d".repeat(200) + "/").repeat(4)), Map.of(), "has more than 800 bytes, which is too long for PostgreSQL");
    }

    @Test
    void aFileSystemThatTakesNothingIsNamed() {
        refuses(Path.of("/proc/coral"), Map.of(), "The data folder /proc/coral cannot be written");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsNamedAsOne() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        // Room for one name, and none for a second.
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "nr_inodes=2", "coral", data.toString()) == 0, "nothing can be mounted here");
        try {
            refuses(data, Map.of(), "The data folder " + data + " cannot be written (No space left on device). Make room on its disk");
        } finally {
            run("umount", data.toString());
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Test
    void dataOfAnotherPostgresIsLeftAlone() throws IOException {
        Path postgres = Files.createDirectories(folder.resolve("data/postgres"));
        refuses(folder.resolve("data"), Map.of(), "PG_VERSION is missing");
        Files.writeString(postgres.resolve("PG_VERSION"), "17\n");
        refuses(folder.resolve("data"), Map.of(), "was written by PostgreSQL 17");
        assertThat(postgres).isDirectoryContaining("glob:**/PG_VERSION");
    }

    @Test
    void damagedDataIsReportedInTheServersOwnWords() throws IOException {
        Path postgres = Files.createDirectories(folder.resolve("data/postgres"));
        Files.setPosixFilePermissions(postgres, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(postgres.resolve("PG_VERSION"), "18\n");
        Files.writeString(postgres.resolve("postgresql.conf"), "");
        refuses(folder.resolve("data"), Map.of(), "The embedded PostgreSQL in " + postgres + " did not start (could not open file");
    }

    private static void refuses(Path data, Map<String, String> environment, String expected) {
        try (CoralProcess coral = CoralProcess.start(data, environment)) {
            assertThat(coral.awaitEnd()).isEqualTo(1);
            assertThat(coral.output()).isEmpty();
            assertThat(coral.errors().lines()).singleElement().asString()
                    .startsWith("Coral Social cannot start: ")
                    .contains(expected)
                    .endsWith(".")
                    .doesNotContain("Exception", "hidden");
            assertThat(CoralProcess.left(data)).isEmpty();
        }
    }
}
