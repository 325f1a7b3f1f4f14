package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import social.coral.api.Failure;

class PasswordsTest {

    @Test
    void hashingHoldsNoThreadThatRequestsShareAndAtMostSoManyAtOnce() throws Exception {
        try (Passwords passwords = new Passwords(2, 50);
                ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Thread>> many = IntStream.range(0, 40)
                    .<Callable<Thread>>mapToObj(i -> () -> passwords.inTurn(Thread::currentThread))
                    .toList();
            assertThat(requests.invokeAll(many).stream().map(Future::resultNow).distinct()).hasSizeLessThanOrEqualTo(2)
                    .allSatisfy(thread -> assertThat(thread.isVirtual()).isFalse());
            String hash = passwords.hash("violet harbour lantern 42");
            assertThat(passwords.matches("violet harbour lantern 42", hash)).isTrue();
            assertThat(passwords.matches("violet harbour lantern 43", hash)).isFalse();
            assertThat(passwords.matches("violet harbour lantern 42", null)).isFalse();
        }
    }

    @Test
    void whoWouldWaitTooLongIsToldWhenToComeBackAndTheOthersAreServed() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        try (Passwords passwords = new Passwords(1, 2);
                ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = IntStream.range(0, 10)
                    .mapToObj(i -> requests.submit(() -> passwords.inTurn(() -> {
                        busy.await();
                        return true;
                    })))
                    .toList();
            Awaitility.await().until(() -> all.stream().filter(Future::isDone).count() == 7);
            assertThat(all).filteredOn(Future::isDone).allSatisfy(request -> assertThat(request.exceptionNow())
                    .isInstanceOfSatisfying(Failure.class, turnedAway -> {
                        assertThat(turnedAway.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
                        assertThat(new WireErrors().failure(turnedAway, new MockHttpServletRequest()).getHeaders().getFirst("Retry-After")).isEqualTo("3");
                    }));
            List<Future<Boolean>> admitted = all.stream().filter(request -> !request.isDone()).toList();
            busy.countDown();
            for (Future<Boolean> served : admitted) {
                assertThat(served.get()).isTrue();
            }
        }
    }

    @Test
    void aPasswordIsCheckedExactlyAsItWasTyped() {
        String typed = "Ünïcode phrase ".repeat(34) + "ab";
        try (Passwords passwords = new Passwords(1, 10)) {
            String hash = passwords.hash(typed);
            assertThat(passwords.matches(typed, hash)).isTrue();
            for (String other : List.of(typed.substring(0, typed.length() - 1), typed + " ", typed.toLowerCase(Locale.ROOT),
                    Normalizer.normalize(typed, Normalizer.Form.NFD), typed.substring(0, 72), typed.substring(0, 511) + "c")) {
                assertThat(passwords.matches(other, hash)).as(other).isFalse();
            }
        }
    }

    @Test
    void aHashIsArgon2idAtTheAdvisedCostAndNeverTheSameTwice() {
        try (Passwords passwords = new Passwords(1, 10)) {
            String hash = passwords.hash("violet harbour lantern 42");
            assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
            assertThat(passwords.hash("violet harbour lantern 42")).isNotEqualTo(hash);
        }
    }
}
