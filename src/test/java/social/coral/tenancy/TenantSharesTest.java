package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TenantSharesTest {

    private final TenantShares shares = new TenantShares(2, 3);

    @Test
    void aTenantThatHoldsItsShareWaitsAndAnotherDoesNot() throws Exception {
        Tenant greedy = new Tenant(UUID.randomUUID());
        TenantShares.Place first = shares.take(greedy);
        TenantShares.Place second = shares.take(greedy);
        CountDownLatch third = new CountDownLatch(1);
        Thread waiting = Thread.startVirtualThread(() -> {
            try (TenantShares.Place place = shares.take(greedy)) {
                third.countDown();
            }
        });
        Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        shares.take(new Tenant(UUID.randomUUID())).close();
        assertThat(third.getCount()).isEqualTo(1);

        first.close();
        assertThat(third.await(5, TimeUnit.SECONDS)).isTrue();
        second.close();
    }

    @Test
    void allTogetherHoldNoMoreThanThereIs() throws Exception {
        TenantShares.Place first = shares.take(new Tenant(UUID.randomUUID()));
        TenantShares.Place second = shares.take(new Tenant(UUID.randomUUID()));
        TenantShares.Place third = shares.take(new Tenant(UUID.randomUUID()));
        CountDownLatch fourth = new CountDownLatch(1);
        Thread waiting = Thread.startVirtualThread(() -> {
            try (TenantShares.Place place = shares.take(new Tenant(UUID.randomUUID()))) {
                fourth.countDown();
            }
        });
        Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        assertThat(fourth.getCount()).isEqualTo(1);

        first.close();
        assertThat(fourth.await(5, TimeUnit.SECONDS)).isTrue();
        second.close();
        third.close();
    }

    @Test
    void whoeverComesBackAtOnceIsBehindThoseWhoWait() throws Exception {
        TenantShares one = new TenantShares(1, 1);
        Tenant busy = new Tenant(UUID.randomUUID());
        List<String> order = new CopyOnWriteArrayList<>();
        TenantShares.Place first = one.take(busy);
        Thread waiting = Thread.startVirtualThread(() -> {
            try (TenantShares.Place place = one.take(new Tenant(UUID.randomUUID()))) {
                order.add("the one who waited");
            }
        });
        Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        first.close();
        try (TenantShares.Place again = one.take(busy)) {
            order.add("the one who came back");
        }
        waiting.join();
        assertThat(order).containsExactly("the one who waited", "the one who came back");
    }
}
