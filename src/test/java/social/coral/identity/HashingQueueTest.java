package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import social.coral.api.Failure;

class HashingQueueTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int MOST = 400;
    private static final HashingQueue.Caller CROWD = new HashingQueue.Caller("crowd", false);
    private static final HashingQueue.Caller SOMEBODY = new HashingQueue.Caller("somebody", false);
    private static final HashingQueue.Caller KNOWN = new HashingQueue.Caller("known", true);

    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch busy = new CountDownLatch(1);
    private int standing;
    private final List<String> served = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void letEverythingGo() {
        busy.countDown();
        requests.close();
    }

    @Test
    void workRunsOnItsOwnThreadsAndOnlySoManyAtOnce() throws Exception {
        try (HashingQueue queue = new HashingQueue(2, 50, LONG)) {
            List<Callable<Thread>> many = IntStream.range(0, 40).<Callable<Thread>>mapToObj(i -> () -> queue.run(SOMEBODY, Thread::currentThread)).toList();
            assertThat(requests.invokeAll(many).stream().map(Future::resultNow).distinct()).hasSizeLessThanOrEqualTo(2)
                    .allSatisfy(thread -> assertThat(thread.isVirtual()).isFalse());
        }
    }

    @Test
    void aCrowdFromOnePlaceDelaysNobodyElse() {
        try (HashingQueue queue = new HashingQueue(1, MOST, LONG)) {
            hold(queue);
            for (int i = 0; i < 50; i++) {
                take(queue, CROWD);
            }
            take(queue, SOMEBODY);
            take(queue, KNOWN);
            letThemBeServed(52);
            assertThat(served.indexOf("somebody")).isLessThan(4);
            assertThat(served.indexOf("known")).isLessThan(4);
        }
    }

    @Test
    void aKnownCallerDoesNotWaitForHundredsOfStrangers() {
        try (HashingQueue queue = new HashingQueue(1, MOST, LONG)) {
            hold(queue);
            for (int i = 0; i < 300; i++) {
                take(queue, new HashingQueue.Caller("place " + i, false));
            }
            take(queue, KNOWN);
            letThemBeServed(301);
            assertThat(served.indexOf("known")).isLessThan(2);
        }
    }

    @Test
    void aFullQueueDropsTheCrowdAndSaysWhenToRetry() throws Exception {
        try (HashingQueue queue = new HashingQueue(1, MOST, LONG)) {
            hold(queue);
            List<Future<Boolean>> crowd = IntStream.range(0, MOST).mapToObj(i -> take(queue, CROWD)).toList();
            Future<Boolean> somebody = take(queue, SOMEBODY);
            Future<Boolean> known = take(queue, KNOWN);
            Awaitility.await().until(() -> crowd.stream().filter(Future::isDone).count() == 2);
            assertThat(crowd).filteredOn(Future::isDone).allSatisfy(request -> assertThat(request.exceptionNow())
                    .isInstanceOfSatisfying(Failure.class, turnedAway -> {
                        assertThat(turnedAway.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
                        assertThat(new WireErrors().failure(turnedAway, new MockHttpServletRequest()).getHeaders().getFirst("Retry-After")).isEqualTo("3");
                    }));
            assertThatThrownBy(() -> queue.run(CROWD, () -> true)).isInstanceOf(Failure.class);
            letThemBeServed(MOST);
            assertThat(somebody.get()).isTrue();
            assertThat(known.get()).isTrue();
        }
    }

    @Test
    void workThatWaitsTooLongIsRefusedAndNeverStarted() {
        try (HashingQueue queue = new HashingQueue(1, MOST, Duration.ofMillis(50))) {
            CountDownLatch begun = new CountDownLatch(1);
            requests.submit(() -> queue.run(CROWD, () -> {
                begun.countDown();
                busy.await();
                return true;
            }));
            Awaitility.await().until(() -> begun.getCount() == 0);
            assertThatThrownBy(() -> queue.run(SOMEBODY, () -> served.add("somebody"))).isInstanceOf(Failure.class);
            busy.countDown();
            queue.run(KNOWN, () -> true);
            assertThat(served).isEmpty();
        }
    }

    /** Keeps the one thread at work until {@link #letThemBeServed}. */
    private void hold(HashingQueue queue) {
        CountDownLatch begun = new CountDownLatch(1);
        requests.submit(() -> queue.run(new HashingQueue.Caller("first", false), () -> {
            begun.countDown();
            busy.await();
            return true;
        }));
        Awaitility.await().until(() -> begun.getCount() == 0);
    }

    /** Waits until it stands in line, so that the order is certain. */
    private Future<Boolean> take(HashingQueue queue, HashingQueue.Caller caller) {
        Future<Boolean> request = requests.submit(() -> queue.run(caller, () -> served.add(caller.name())));
        standing = Math.min(standing + 1, MOST);
        Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> queue.waiting() == standing);
        return request;
    }

    private void letThemBeServed(int count) {
        busy.countDown();
        Awaitility.await().until(() -> served.size() >= count);
    }
}
