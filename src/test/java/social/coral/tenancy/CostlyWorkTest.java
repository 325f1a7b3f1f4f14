package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import social.coral.api.CurrentClient;
import social.coral.api.LeftClient;

class CostlyWorkTest {

    private final CostlyWork costly = new CostlyWork(64);

    @Test
    void aTenantDoesOnePieceAtATimeAndNobodyElseWaitsForIt() throws Exception {
        Tenant greedy = new Tenant(UUID.randomUUID());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger atOnce = new AtomicInteger();
        List<Integer> seen = new ArrayList<>();
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> greedyPieces = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                greedyPieces.add(requests.submit(() -> greedy.call(() -> costly.inTurn(() -> {
                    seen.add(atOnce.incrementAndGet());
                    begun.countDown();
                    await(free);
                    return atOnce.decrementAndGet();
                }))));
            }
            begun.await();
            assertThat(new Tenant(UUID.randomUUID()).call(() -> costly.inTurn(() -> "done"))).isEqualTo("done");
            free.countDown();
            for (Future<Integer> piece : greedyPieces) {
                assertThat(piece.get()).isZero();
            }
        }
        assertThat(seen).hasSize(12).containsOnly(1);
    }

    @Test
    void aPieceWithinAPieceNeedsNoSecondTurn() throws Exception {
        assertThat(new Tenant(UUID.randomUUID()).call(() -> costly.inTurn(() -> costly.inTurn(() -> "done")))).isEqualTo("done");
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotBegun() {
        AtomicBoolean begun = new AtomicBoolean();
        Tenant tenant = new Tenant(UUID.randomUUID());
        assertThatThrownBy(() -> CurrentClient.with(new LeftClient()).call(() -> tenant.call(() -> costly.inTurn(() -> {
            begun.set(true);
            return true;
        })))).isInstanceOf(ClientAbortException.class);
        assertThat(begun).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
