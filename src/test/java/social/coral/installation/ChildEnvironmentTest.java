package social.coral.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests what PostgreSQL's processes inherit from our environment. */
class ChildEnvironmentTest {

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void noSecretOfTheEnvironmentReachesTheDatabasesProcesses() throws Exception {
        Path data = folder.resolve("data");
        String password = "app-password-of-this-test";
        try (CoralProcess coral = CoralProcess.start(data, Map.of(
                "ENCRYPTION_KEY", "5f1c6a0be7d2438c5ab01d7e64f3c28955e0ab17c3d64f02", "DATABASE_APP_PASSWORD", password, "OPENAI_API_KEY", "sk-of-this-test"))) {
            coral.awaitAddress();
            Postmaster postmaster = Postmaster.of(data.resolve("postgres")).orElseThrow();
            Path process = Path.of("/proc", Long.toString(postmaster.process().pid()));

            Set<String> names = Arrays.stream(Files.readString(process.resolve("environ")).split("\0"))
                    .map(variable -> variable.substring(0, variable.indexOf('=')))
                    .collect(Collectors.toSet());
            assertThat(names).contains("LC_ALL").allMatch(name -> Set.of("PATH", "LC_ALL", "LD_LIBRARY_PATH", "PWD").contains(name) || name.startsWith("PG"));
            assertThat(Files.readString(process.resolve("cmdline"))).doesNotContain(password, Files.readString(data.resolve("postgres.password")).strip());
        }
    }

    @Test
    void theNextStartRemovesWhatAKilledProcessLeftInTheTemporaryFolder() throws Exception {
        Path data = folder.resolve("data");
        Path left = Files.writeString(Files.createDirectories(data.resolve("tmp/deep")).resolve("coral-import.gz"), "plain posts");

        try (DataFolder opened = DataFolder.open(data)) {
            assertThat(left).doesNotExist();
            assertThat(opened.temporary()).isEmptyDirectory();
        }
    }
}
