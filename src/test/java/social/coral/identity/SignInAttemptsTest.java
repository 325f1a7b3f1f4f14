package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.api.Failure;

/** Each test tries twice as often as a window allows and once more, so that it holds when a new window opens meanwhile. */
@CoralTest
class SignInAttemptsTest {

    @Autowired People people;
    @Autowired SignInAttempts attempts;
    @Autowired KnownDevices devices;
    @Autowired Accounts accounts;
    @Autowired SignIn signIn;
    @Autowired Reauthentication proof;
    @Autowired AuthDatabase database;

    @Test
    void guessingAPasswordIsStoppedAndSaysWhenToRetry() {
        TestPerson person = people.aPerson();
        TestAnswer answer = people.aStranger().post("/auth/v1/token?grant_type=password", Map.of("email", person.email(), "password", "guess 0"));
        for (int guess = 1; guess <= 20 && answer.status() == 400; guess++) {
            answer = people.aStranger().post("/auth/v1/token?grant_type=password", Map.of("email", person.email(), "password", "guess " + guess));
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.text("/error_code")).isEqualTo("over_request_rate_limit");
        assertThat(Integer.parseInt(String.valueOf(answer.header("Retry-After")))).isBetween(1, 300);
        TestAnswer page = people.aStranger().form("/auth/login", Map.of("email", person.email(), "password", "guess"));
        assertThat(page.status()).isEqualTo(429);
        assertThat(Integer.parseInt(String.valueOf(page.header("Retry-After")))).isBetween(1, 300);
        assertThat(people.aStranger().post("/auth/v1/token?grant_type=password", people.aPerson().credentials()).status()).isEqualTo(200);
    }

    @Test
    void guessesAtManyAddressesAreStoppedToo() {
        TestPerson person = people.aPerson();
        int status = 400;
        for (int guess = 0; guess <= 20 && status == 400; guess++) {
            String elsewhere = "203.0.113." + guess;
            status = people.aStranger().with("X-Forwarded-For", elsewhere).with("Forwarded", "for=" + elsewhere).with("X-Real-IP", elsewhere)
                    .post("/auth/v1/token?grant_type=password", Map.of("email", person.email(), "password", "guess " + guess)).status();
        }
        assertThat(status).isEqualTo(429);
    }

    @Test
    void oneStrangerIsStoppedAtOneAddressAndTheOthersAreNot() {
        String address = people.anAddress();
        Client stranger = aClient();
        assertStopped(20, () -> attempts.signIn(address, stranger, null));
        finish(attempts.signIn(address, aClient(), null), false);
    }

    @Test
    void manyStrangersTogetherAreStoppedAtOneAddress() {
        String address = people.anAddress();
        assertStopped(100, () -> attempts.signIn(address, aClient(), null));
    }

    @Test
    void oneStrangerIsStoppedAcrossManyAddresses() {
        Client client = aClient();
        assertStopped(200, () -> attempts.signIn(people.anAddress(), client, null));
    }

    @Test
    void whoHoldsManyNetworksOfIpv6IsStoppedAsOne() {
        String address = people.anAddress();
        String site = "2001:db8:" + Integer.toHexString(Math.floorMod(address.hashCode(), 0xffff)) + ":";
        AtomicInteger network = new AtomicInteger();
        assertStopped(40, () -> attempts.signIn(address, new Client(site + network.incrementAndGet() + "::1", null), null));
        assertStopped(400, () -> attempts.signIn(people.anAddress(), new Client(site + network.incrementAndGet() + "::1", null), null));
    }

    @Test
    void guessesOfStrangersNeverLockTheOwnerOut() {
        TestPerson owner = people.aPerson();
        Client home = aClient();
        BrowserSession session = signIn.signIn(owner.email(), owner.password(), home, null);
        assertStopped(100, () -> attempts.signIn(owner.email(), aClient(), null));
        assertThat(signIn.signIn(owner.email(), owner.password(), aClient(), session.deviceToken()).person().id()).isEqualTo(owner.id());
        assertThat(signIn.signIn(owner.email(), owner.password(), home, null).person().id()).isEqualTo(owner.id());
        assertThat(proof.<Boolean>require(session.person(), owner.password(), () -> true)).isTrue();
        accounts.changePassword(owner.id(), session.person().sessionId(), "another battery staple 8", owner.password(), Map.of(), aClient());
    }

    @Test
    void guessesFromTheOwnersOwnNetworkDoNotLockTheirBrowserOut() {
        TestPerson owner = people.aPerson();
        Client office = aClient();
        String token = signIn.signIn(owner.email(), owner.password(), office, null).deviceToken();
        assertStopped(20, () -> attempts.signIn(owner.email(), office, null));
        assertStopped(200, () -> attempts.signIn(people.anAddress(), office, null));
        assertThat(signIn.signIn(owner.email(), owner.password(), office, token).deviceToken()).isEqualTo(token);
    }

    @Test
    void guessesOfOthersInTheNetworkLockNobodyOutWhoDidNotGuess() {
        TestPerson owner = people.aPerson();
        Client office = aClient();
        signIn.signIn(owner.email(), owner.password(), office, null);
        database.sql("""
                        insert into auth.coral_attempts (subject_hash, window_start, attempts)
                        select :network, date_bin('5 minutes', now(), timestamptz '2000-01-01') + later * interval '5 minutes', 100
                        from generate_series(0, 1) as later
                        """)
                .param("network", OpaqueToken.hash("known/network/" + office.network())).update();
        assertThat(signIn.signIn(owner.email(), owner.password(), office, null).person().id()).isEqualTo(owner.id());
        assertStopped(6, () -> attempts.signIn(owner.email(), office, null));
    }

    @Test
    void allSessionsAndBrowsersOfAPersonShareOneQueueAndSoDoTheirNetworks() {
        TestPerson person = people.aPerson();
        TestPerson other = people.aPerson();
        Client home = aClient();
        Client office = aClient();
        String first = signIn.signIn(person.email(), person.password(), home, null).deviceToken();
        String second = signIn.signIn(person.email(), person.password(), office, null).deviceToken();
        HashingQueue.Caller theirs = attempts.inSession(person.id(), UUID.randomUUID()).caller();
        assertThat(theirs.known()).isTrue();
        assertThat(List.of(
                attempts.inSession(person.id(), UUID.randomUUID()).caller(),
                attempts.signIn(person.email(), aClient(), first).caller(),
                attempts.signIn(person.email(), aClient(), second).caller())).containsOnly(theirs);
        assertThat(attempts.signIn(person.email(), home, null).caller()).isEqualTo(attempts.signIn(person.email(), office, null).caller());
        assertThat(attempts.inSession(other.id(), UUID.randomUUID()).caller()).isNotEqualTo(theirs);
    }

    @Test
    void manySessionsOfAPersonAreStoppedTogetherAndThePersonStillSignsIn() {
        TestPerson person = people.aPerson();
        Client home = aClient();
        String token = signIn.signIn(person.email(), person.password(), home, null).deviceToken();
        assertStopped(80, () -> attempts.inSession(person.id(), UUID.randomUUID()));
        assertThat(signIn.signIn(person.email(), person.password(), home, token).person().id()).isEqualTo(person.id());
        finish(attempts.inSession(people.aPerson().id(), UUID.randomUUID()), false);
    }

    @Test
    void aThiefIsAStrangerAfterAChangeOfPasswordAndCannotLockTheOwnerOut() {
        TestPerson owner = people.aPerson();
        Client home = aClient();
        Client lair = aClient();
        SignedInPerson mine = signIn.signIn(owner.email(), owner.password(), home, null).person();
        List<String> tokens = IntStream.range(0, 9).mapToObj(i -> signIn.signIn(owner.email(), owner.password(), lair, null).deviceToken()).toList();
        accounts.changePassword(owner.id(), mine.sessionId(), "another battery staple 8", owner.password(), Map.of(), home);

        for (String token : tokens) {
            assertThat(attempts.signIn(owner.email(), aClient(), token).caller().known()).isFalse();
            assertStopped(20, () -> attempts.signIn(owner.email(), lair, token));
        }

        assertThat(attempts.signIn(owner.email(), home, null).caller().known()).isTrue();
        assertThat(proof.<Boolean>require(mine, "another battery staple 8", () -> true)).isTrue();
        accounts.changePassword(owner.id(), mine.sessionId(), "third battery staple 7", "another battery staple 8", Map.of(), home);
    }

    @Test
    void aDeviceTokenIsWorthNothingForAnybodyElse() {
        TestPerson owner = people.aPerson();
        TestPerson other = people.aPerson();
        String token = signIn.signIn(other.email(), other.password(), aClient(), null).deviceToken();
        Client stranger = aClient();
        assertStopped(20, () -> attempts.signIn(owner.email(), stranger, token));
        assertStopped(20, () -> attempts.signIn(owner.email(), stranger, "made up"));
        assertThat(signIn.signIn(owner.email(), owner.password(), aClient(), token).deviceToken()).isNotEqualTo(token);
    }

    @Test
    void aStolenDeviceTokenIsWorthThirtyGuesses() {
        TestPerson owner = people.aPerson();
        String token = signIn.signIn(owner.email(), owner.password(), aClient(), null).deviceToken();
        for (int window = 0; window < 4; window++) {
            for (int i = 0; i < 10; i++) {
                finish(attempts.signIn(owner.email(), aClient(), token), false);
            }
            nextWindow();
        }
        assertThat(guessesByBrowsers(owner)).isEqualTo(30);
        signIn.signIn(owner.email(), owner.password(), aClient(), token);
    }

    @Test
    void onlyTheNewestTwentyBrowsersAndNetworksOfAPersonAreKnownAndNotForever() {
        TestPerson owner = people.aPerson();
        String first = devices.rememberBrowser(owner.id(), null);
        String last = "";
        for (int i = 0; i < 25; i++) {
            devices.rememberNetwork(owner.id(), aClient());
            last = devices.rememberBrowser(owner.id(), null);
        }
        assertThat(database.sql("select count(*) from auth.coral_familiar where user_id = :person group by kind").param("person", owner.id())
                .query(Integer.class).list()).containsExactly(20, 20);
        assertThat(attempts.signIn(owner.email(), aClient(), first).caller().known()).isFalse();
        assertThat(attempts.signIn(owner.email(), aClient(), last).caller().known()).isTrue();

        database.sql("update auth.coral_familiar set seen_at = now() - interval '181 days' where user_id = :person").param("person", owner.id()).update();
        assertThat(attempts.signIn(owner.email(), aClient(), last).caller().known()).isFalse();
    }

    @Test
    void anAttemptWithoutAResultDoesNotCount() {
        String address = people.anAddress();
        Client client = aClient();
        for (int i = 0; i < 150; i++) {
            SignInAttempts.Attempt attempt = attempts.signIn(address, client, null);
            assertThatThrownBy(() -> attempt.run(() -> {
                throw new IllegalStateException("the database went away");
            })).hasMessage("the database went away");
        }
        assertThat(finish(attempts.signIn(address, client, null), false)).isEmpty();
    }

    @Test
    void aHundredConcurrentGuessesGetNoMoreResultsThanSequentialOnes() throws Exception {
        String address = people.anAddress();
        Client client = aClient();
        AtomicInteger verdicts = new AtomicInteger();
        long before = System.currentTimeMillis() / 300_000;
        List<Callable<Boolean>> guesses = IntStream.range(0, 100).<Callable<Boolean>>mapToObj(i -> () -> {
            for (int again = 0; again < 20; again++) {
                attempts.signIn(address, client, null).run(() -> {
                    Thread.yield();
                    verdicts.incrementAndGet();
                    return Optional.empty();
                });
            }
            return true;
        }).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            assertThat(threads.invokeAll(guesses)).allSatisfy(guess -> assertThat(guess.exceptionNow()).isInstanceOf(Failure.class));
        }
        assertThat((long) verdicts.get()).isBetween(1L, 10 * (System.currentTimeMillis() / 300_000 - before + 1));
        assertThat(database.sql("select count(*) from auth.coral_attempts where pending <> 0").query(Integer.class).single()).isZero();
    }

    @Test
    void correctSignInsAreAllowedOftenButNotWithoutLimit() {
        String address = people.anAddress();
        Client client = aClient();
        for (int i = 0; i < 120; i++) {
            finish(attempts.signIn(address, client, null), true);
        }
        assertThatThrownBy(() -> {
            for (int i = 0; i <= 120; i++) {
                finish(attempts.signIn(address, client, null), true);
            }
        }).isInstanceOf(Failure.class);
        finish(attempts.signIn(address, aClient(), null), true);
    }

    @Test
    void twoHundredPeopleBehindOneAddressAllGetIn() throws Exception {
        Client office = aClient();
        List<TestPerson> colleagues = IntStream.range(0, 3).mapToObj(i -> people.aPerson()).toList();
        List<Callable<UUID>> arrivals = IntStream.range(0, 200).<Callable<UUID>>mapToObj(i -> () -> {
            TestPerson colleague = colleagues.get(i % 3);
            while (true) {
                try {
                    return signIn.signIn(colleague.email(), colleague.password(), office, null).person().id();
                } catch (Failure busy) {
                    // As a browser does that is told when to come back; being refused for good fails.
                    assertThat(busy.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
                }
            }
        }).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(arrivals)).allSatisfy(arrival -> assertThat(arrival.resultNow()).isNotNull());
        }
    }

    @Test
    void aNetworkOfIpv6CountsAsOneClient() {
        assertThat(new Client("2001:db8:1:2:3:4:5:6", null).network()).isEqualTo(new Client("2001:db8:1:2:ffff::1", null).network());
        assertThat(new Client("2001:db8:1:3::1", null).network()).isNotEqualTo(new Client("2001:db8:1:2::1", null).network());
        assertThat(new Client("2001:db8:1:3::1", null).site()).isEqualTo(new Client("2001:db8:1:2::1", null).site());
        assertThat(new Client("192.0.2.7", null).network()).isEqualTo("192.0.2.7").isEqualTo(new Client("192.0.2.7", null).site());
    }

    private static void assertStopped(int tries, Supplier<SignInAttempts.Attempt> attempt) {
        assertThatThrownBy(() -> {
            for (int i = 0; i <= tries; i++) {
                finish(attempt.get(), false);
            }
        }).isInstanceOf(Failure.class).hasMessageContaining("Too many attempts");
    }

    private static Optional<Boolean> finish(SignInAttempts.Attempt attempt, boolean right) {
        return attempt.run(() -> right ? Optional.of(true) : Optional.empty());
    }

    private void nextWindow() {
        database.sql("update auth.coral_attempts set window_start = window_start - interval '1 hour' where window_start > now() - interval '30 minutes'").update();
    }

    private int guessesByBrowsers(TestPerson person) {
        return database.sql("select max(wrong) from auth.coral_familiar where user_id = :person and kind = 'browser'")
                .param("person", person.id()).query(Integer.class).single();
    }

    private static Client aClient() {
        ThreadLocalRandom chance = ThreadLocalRandom.current();
        return new Client("10." + chance.nextInt(256) + "." + chance.nextInt(256) + "." + chance.nextInt(256), null);
    }
}
