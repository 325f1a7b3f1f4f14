package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessResourceException;

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
    void aFreePlaceGoesToWhoHoldsNothingBeforeTheRestOfWhatAnotherSent() throws Exception {
        Tenant busy = new Tenant(UUID.randomUUID());
        List<TenantShares.Place> held = List.of(shares.take(busy), shares.take(new Tenant(UUID.randomUUID())), shares.take(new Tenant(UUID.randomUUID())));
        List<String> order = new CopyOnWriteArrayList<>();
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(waits(busy, order, "busy"));
        }
        waiting.add(waits(new Tenant(UUID.randomUUID()), order, "another"));
        waiting.add(waits(new Tenant(UUID.randomUUID()), order, "a third"));
        held.get(1).close();
        join(waiting);
        assertThat(order).containsExactly("another", "a third", "busy", "busy", "busy");
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

    @Test
    void whatATenantHasInLineIsBehindWhoeverCameBeforeItsLastPlaceWasGivenBack() throws Exception {
        TenantShares one = new TenantShares(1, 1);
        Tenant busy = new Tenant(UUID.randomUUID());
        List<String> order = new CopyOnWriteArrayList<>();
        TenantShares.Place first = one.take(busy);
        List<Thread> waiting = List.of(waits(one, busy, order, "busy"), waits(one, busy, order, "busy"),
                waits(one, new Tenant(UUID.randomUUID()), order, "another"));
        first.close();
        join(waiting);
        assertThat(order).containsExactly("another", "busy", "busy");
    }

    @Test
    void whoeverGivesUpWaitingLeavesThoseBehindToGoOn() throws Exception {
        Tenant tenant = new Tenant(UUID.randomUUID());
        TenantShares.Place held = shares.take(tenant);
        List<String> order = new CopyOnWriteArrayList<>();
        Thread large = Thread.startVirtualThread(() -> {
            assertThatThrownBy(() -> shares.take(tenant, 2)).isInstanceOf(TransientDataAccessResourceException.class);
            order.add("given up");
        });
        Awaitility.await().until(() -> large.getState() == Thread.State.TIMED_WAITING);
        Thread small = waits(tenant, order, "small");
        large.interrupt();
        join(List.of(large, small));
        assertThat(order).containsExactlyInAnyOrder("given up", "small");
        held.close();
        shares.take(tenant, 2).close();
    }

    private Thread waits(Tenant tenant, List<String> order, String name) {
        return waits(shares, tenant, order, name);
    }

    private static Thread waits(TenantShares shares, Tenant tenant, List<String> order, String name) {
        Thread waiting = Thread.startVirtualThread(() -> {
            try (TenantShares.Place place = shares.take(tenant)) {
                order.add(name);
            }
        });
        Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        return waiting;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
