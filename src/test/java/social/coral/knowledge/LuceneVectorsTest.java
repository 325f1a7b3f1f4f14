package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.coral.knowledge.TenantVectors.Hit;
import social.coral.knowledge.TenantVectors.Narrowing;
import social.coral.tenancy.Tenant;

class LuceneVectorsTest extends VectorIndexContract {

    private static final UUID ITEM = UUID.fromString("80000000-0000-4000-8000-000000000001");

    @TempDir
    private Path folder;

    @Override
    Opened open() {
        try {
            return new InFolder(Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "vectors"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class InFolder implements Opened {

        private final Path folder;
        private LuceneVectors index;

        InFolder(Path folder) {
            this.folder = folder;
            index = new LuceneVectors(folder, 2);
        }

        @Override
        public VectorIndex index() {
            return index;
        }

        @Override
        public void reopen() {
            index.close();
            index = new LuceneVectors(folder, 2);
        }

        @Override
        public void close() {
            index.close();
            try {
                OpenIndex.remove(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aDamagedIndexIsNamedAndClearingItMendsIt() throws IOException {
        Tenant damaged = tenants(1).getFirst();
        try (LuceneVectors index = new LuceneVectors(folder, 4)) {
            index.of(damaged).put(List.of(point(ITEM, 1, 1)));
        }
        try (Stream<Path> files = Files.list(folder.resolve(damaged.id().toString()))) {
            for (Path file : files.toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }
        try (LuceneVectors index = new LuceneVectors(folder, 4)) {
            TenantVectors vectors = index.of(damaged);
            assertThatExceptionOfType(IndexFault.class).isThrownBy(() -> vectors.count(1)).withMessageContaining(folder.resolve(damaged.id().toString()).toString());
            assertThatExceptionOfType(IndexFault.class).isThrownBy(() -> vectors.put(List.of(point(ITEM, 1, 1))));
            vectors.clear();
            assertThat(vectors.count(1)).isZero();
            vectors.put(List.of(point(ITEM, 1, 1)));
            assertThat(vectors.count(1)).isOne();
        }
    }

    @Test
    void aFolderIsNamedByItsTenantAndGoneAfterClearing() throws IOException {
        List<Tenant> tenants = tenants(2);
        try (LuceneVectors index = new LuceneVectors(folder, 4)) {
            tenants.forEach(tenant -> index.of(tenant).put(List.of(point(ITEM, 1, 1))));
            assertThat(folders()).containsExactlyInAnyOrder(tenants.get(0).id().toString(), tenants.get(1).id().toString());
            index.of(tenants.get(0)).clear();
            assertThat(folders()).containsExactly(tenants.get(1).id().toString());
            index.of(tenants.get(0)).clear();
        }
    }

    private List<String> folders() throws IOException {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.map(tenant -> tenant.getFileName().toString()).toList();
        }
    }

    @Test
    void afterACrashAnIndexHoldsWhatItsPositionSays() throws IOException {
        Tenant tenant = tenants(1).getFirst();
        Path crashed = Files.createDirectories(folder.resolve("crashed").resolve(tenant.id().toString()));
        try (LuceneVectors index = new LuceneVectors(folder.resolve("running"), 4)) {
            index.of(tenant).put(List.of(point(ITEM, 1, 1)));
            index.of(tenant).position(1).orElseThrow().moveTo(7);
        }
        try (LuceneVectors index = new LuceneVectors(folder.resolve("running"), 4)) {
            assertThat(index.of(tenant).position(1).orElseThrow().get()).isEqualTo(7);
            index.of(tenant).put(List.of(point(UUID.randomUUID(), 1, 2)));
            index.of(tenant).position(1).orElseThrow().moveTo(8);
            try (Stream<Path> files = Files.list(folder.resolve("running").resolve(tenant.id().toString()))) {
                for (Path file : files.toList()) {
                    Files.copy(file, crashed.resolve(file.getFileName()));
                }
            }
        }
        try (LuceneVectors index = new LuceneVectors(folder.resolve("crashed"), 4)) {
            assertThat(index.of(tenant).items(1, null, 10)).containsExactly(ITEM);
            assertThat(index.of(tenant).position(1).orElseThrow().get()).isEqualTo(7);
            assertThat(index.of(tenant).position(2).orElseThrow().get()).as("of another generation").isZero();
        }
    }

    @Test
    void whatIsLostIsLostWithItsPosition() {
        try (LuceneVectors index = new LuceneVectors(folder, 4)) {
            TenantVectors vectors = index.of(tenants(1).getFirst());
            vectors.put(List.of(point(ITEM, 1, 1)));
            vectors.position(1).orElseThrow().moveTo(7);
            // An interrupted search leaves the index unusable.
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(IndexFault.class).isThrownBy(() -> vectors.count(1));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(vectors.count(1)).isZero();
            assertThat(vectors.position(1).orElseThrow().get()).isZero();
            vectors.put(List.of(point(ITEM, 1, 1)));
            assertThat(vectors.nearest(1, vector(WIDTH, 1), Narrowing.NONE, 1)).extracting(Hit::item).containsExactly(ITEM);
        }
    }

    @Test
    void aVectorThatCannotBeComparedIsRefusedAndCostsNothing() {
        try (LuceneVectors index = new LuceneVectors(folder, 4)) {
            TenantVectors vectors = index.of(tenants(1).getFirst());
            vectors.put(List.of(point(ITEM, 1, 1)));
            for (float[] vector : List.of(new float[WIDTH], new float[] {Float.NaN, 1}, new float[] {1, 0, 0})) {
                TenantVectors.Point bad = new TenantVectors.Point(UUID.randomUUID(), 1, vector, "post", null, MORNING);
                assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> vectors.put(List.of(bad)));
                assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> vectors.nearest(1, vector, Narrowing.NONE, 1));
            }
            assertThat(vectors.count(1)).isOne();
        }
    }
}
