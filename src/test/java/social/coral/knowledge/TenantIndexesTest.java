package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.IndexWriterConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.coral.tenancy.Tenant;

class TenantIndexesTest {

    @TempDir
    private Path folder;

    private static void put(TenantIndexes indexes, Tenant tenant, UUID item) {
        indexes.write(tenant, 1, writer -> writer.updateDocument(ItemFields.term(item), ItemFields.document(item, "post", null, Instant.EPOCH)));
    }

    private static List<UUID> items(TenantIndexes indexes, Tenant tenant) {
        return indexes.use(tenant, index -> index.search(searcher -> ItemFields.items(searcher, null, 100)));
    }

    @Test
    void thoseThatWereUsedLastStayOpenAndNothingIsLostByClosingOthers() {
        List<Tenant> tenants = VectorIndexContract.tenants(20);
        try (TenantIndexes indexes = new TenantIndexes("items", folder, 3, () -> new IndexWriterConfig(null))) {
            for (int round = 0; round < 3; round++) {
                for (Tenant tenant : tenants) {
                    put(indexes, tenant, new UUID(round, tenant.id().getLeastSignificantBits()));
                    assertThat(indexes.open()).isLessThanOrEqualTo(6);
                }
            }
            for (Tenant tenant : tenants) {
                long own = tenant.id().getLeastSignificantBits();
                assertThat(items(indexes, tenant)).containsExactly(new UUID(0, own), new UUID(1, own), new UUID(2, own));
            }
        }
    }

    @Test
    void nobodyWaitsForAnothersIndexToOpenOrToBeUsed() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch using = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        List<Tenant> tenants = VectorIndexContract.tenants(4);
        try (ExecutorService others = Executors.newFixedThreadPool(2);
                TenantIndexes indexes = new TenantIndexes("items", folder, 1, () -> {
                    if (first.getAndSet(false)) {
                        opening.countDown();
                        await(go);
                    }
                    return new IndexWriterConfig(null);
                })) {
            Future<?> slowToOpen = others.submit(() -> put(indexes, tenants.get(0), new UUID(0, 0)));
            opening.await();
            Future<Boolean> longInUse = others.submit(() -> indexes.use(tenants.get(1), index -> {
                using.countDown();
                await(go);
                return true;
            }));
            using.await();
            put(indexes, tenants.get(2), new UUID(0, 2));
            put(indexes, tenants.get(3), new UUID(0, 3));
            indexes.clear(tenants.get(2));
            assertThat(items(indexes, tenants.get(2))).isEmpty();
            assertThat(items(indexes, tenants.get(3))).containsExactly(new UUID(0, 3));
            assertThat(slowToOpen.isDone() || longInUse.isDone()).isFalse();
            go.countDown();
            slowToOpen.get();
            assertThat(longInUse.get()).isTrue();
            assertThat(items(indexes, tenants.get(0))).containsExactly(new UUID(0, 0));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
