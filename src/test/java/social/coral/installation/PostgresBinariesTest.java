package social.coral.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {

    @TempDir
    Path shared;

    @Test
    void installationsThatShareAFolderMayUnpackIntoItAtOnce() throws Exception {
        String version = "18.0";
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Path> one = threads.submit(() -> new PostgresBinaries(List.of(shared), version).bin());
            Future<Path> other = threads.submit(() -> new PostgresBinaries(List.of(shared), version).bin());

            assertThat(one.get()).isEqualTo(other.get()).exists();
        }
        try (Stream<Path> left = Files.list(shared)) {
            assertThat(left).containsExactly(shared.resolve(version));
        }
    }
}
