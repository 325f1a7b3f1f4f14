package social.coral.identity;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;

/**
 * Limits attempts to sign in and sign up, in windows of five minutes. The counters are in the database, so that all processes share
 * them. An attempt is reserved before the password is checked and counted by its result; an attempt without a result counts for
 * nothing. Strangers, known browsers and networks, and open sessions have separate counters, so that a stranger's guesses never
 * lock the owner out. For hashing, all sessions and browsers of a person queue as one caller, and all their networks as another,
 * because anybody can create any number of them.
 */
@Component
class SignInAttempts {

    /** A counter of successes or failures, with its maximum per window. */
    private record Counter(String name, int max, boolean countsSuccesses) {

        static Counter failures(String name, int max) {
            return new Counter(name, max, false);
        }

        static Counter successes(String name, int max) {
            return new Counter(name, max, true);
        }

        byte[] hash() {
            return OpaqueToken.hash(name);
        }
    }

    private record Count(String hash, Timestamp window, int attempts, int pending, int secondsLeft) {}

    /** An attempt that may be made. */
    final class Attempt {

        private final HashingQueue.Caller caller;
        private final List<Counter> counters;
        private final KnownDevices.@Nullable Browser browser;

        private Attempt(HashingQueue.Caller caller, List<Counter> counters, KnownDevices.@Nullable Browser browser) {
            this.caller = caller;
            this.counters = counters;
            this.browser = browser;
        }

        HashingQueue.Caller caller() {
            return caller;
        }

        /** Runs the check. A value counts as a success, an empty result as a failure, and an exception as neither. */
        <T extends Object> Optional<T> run(Supplier<Optional<T>> check) {
            Timestamp window = reserve(counters);
            Optional<Boolean> success = Optional.empty();
            try {
                Optional<T> result = check.get();
                success = Optional.of(result.isPresent());
                return result;
            } finally {
                settle(counters, window, success);
                if (browser != null && success.isPresent() && !success.get()) {
                    devices.countWrong(browser);
                }
            }
        }
    }

    private static final int MAX_SUCCESSES = 120;
    private static final int MAX_FAILURES = 10;
    private static final int MAX_FAILURES_OF_A_PERSON = 40;
    private static final int MAX_FAILURES_BESIDE_OTHERS = 3;

    private final AuthDatabase database;
    private final KnownDevices devices;
    private final int signUpsPerClient;

    SignInAttempts(AuthDatabase database, KnownDevices devices, IdentitySettings settings) {
        this.database = database;
        this.devices = devices;
        this.signUpsPerClient = settings.signUpsPerClient();
    }

    /** Returns an attempt to sign in with this address, from a browser with this device token. */
    Attempt signIn(String address, Client client, @Nullable String deviceToken) {
        KnownDevices.Known known = devices.find(address, client, deviceToken);
        if (known.browser() != null) {
            Attempt fromBrowser = fromBrowser(known.browser());
            if (exhausted(fromBrowser.counters).isEmpty()) {
                return fromBrowser;
            }
            // A thief may have exhausted it, so its owner may still sign in like a stranger.
        }
        return known.networkOf() == null ? requireRoom(fromStranger(address, client)) : fromKnownNetwork(known.networkOf(), client);
    }

    private Attempt fromBrowser(KnownDevices.Browser browser) {
        return fromOwnDevice(browser.person(), "browser/" + browser.person() + "/" + HexFormat.of().formatHex(browser.hash()), browser);
    }

    /** Counts each browser and session of a person, and all of them together. Only the person or a thief has one. */
    private Attempt fromOwnDevice(UUID person, String name, KnownDevices.@Nullable Browser browser) {
        return new Attempt(new HashingQueue.Caller("person/" + person, true), List.of(
                Counter.failures(name, MAX_FAILURES),
                Counter.failures("person/" + person, MAX_FAILURES_OF_A_PERSON),
                Counter.successes("right/" + name, MAX_SUCCESSES)), browser);
    }

    /** Counts the first few failures for this person alone, so that others in the network cannot use them up. */
    private Attempt fromKnownNetwork(UUID person, Client client) {
        Attempt first = fromKnownNetwork(person, client, List.of(), MAX_FAILURES_BESIDE_OTHERS);
        return exhausted(first.counters).isEmpty()
                ? first
                : requireRoom(fromKnownNetwork(person, client, List.of(Counter.failures("known/network/" + client.network(), 100)), MAX_FAILURES));
    }

    private Attempt fromKnownNetwork(UUID person, Client client, List<Counter> shared, int max) {
        String pair = person + "/" + client.network();
        List<Counter> counters = new ArrayList<>(shared);
        counters.add(Counter.failures("known/pair/" + pair, max));
        counters.add(Counter.successes("right/" + pair, MAX_SUCCESSES));
        return new Attempt(new HashingQueue.Caller("networks/" + person, true), counters, null);
    }

    private Attempt fromStranger(String address, Client client) {
        String pair = address + "/" + client.network();
        List<Counter> counters = new ArrayList<>(List.of(
                Counter.failures("stranger/pair/" + pair, 10),
                Counter.failures("stranger/address/" + address, 50),
                Counter.failures("stranger/network/" + client.network(), 100),
                Counter.successes("right/" + pair, MAX_SUCCESSES)));
        if (!client.site().equals(client.network())) {
            counters.add(Counter.failures("stranger/pair/" + address + "/" + client.site(), 20));
            counters.add(Counter.failures("stranger/network/" + client.site(), 200));
        }
        return new Attempt(new HashingQueue.Caller(client.site(), false), counters, null);
    }

    /** Returns an attempt to confirm the password in an open session. */
    Attempt inSession(UUID person, UUID session) {
        return requireRoom(fromOwnDevice(person, "session/" + session, null));
    }

    Attempt signUp(Client client) {
        return requireRoom(new Attempt(new HashingQueue.Caller(client.site(), false),
                List.of(Counter.successes("sign-up/" + client.site(), signUpsPerClient)), null));
    }

    private Attempt requireRoom(Attempt attempt) {
        exhausted(attempt.counters).ifPresent(seconds -> {
            throw tooMany(seconds);
        });
        return attempt;
    }

    /** Returns the seconds until the next window, if a counter is exhausted. Checked early, so that a refusal need not wait in the queue. */
    private Optional<Integer> exhausted(List<Counter> counters) {
        return database.sql("""
                        select ceil(extract(epoch from c.window_start + interval '5 minutes' - now()))::int as seconds_left
                        from auth.coral_attempts c join unnest(:subjects, :most) as asked(subject, most) on asked.subject = c.subject_hash
                        where c.window_start = date_bin('5 minutes', now(), timestamptz '2000-01-01') and c.attempts >= asked.most
                        limit 1
                        """)
                .param("subjects", hashes(counters))
                .param("most", counters.stream().map(Counter::max).toArray(Integer[]::new))
                .query(Integer.class)
                .optional();
    }

    /** Reserves a place in each counter, or in none. Returns the window. */
    private Timestamp reserve(List<Counter> counters) {
        List<Count> counts = database.transaction(() -> {
            List<Count> taken = take(counters);
            for (Counter counter : counters) {
                String hash = HexFormat.of().formatHex(counter.hash());
                Count count = taken.stream().filter(one -> one.hash().equals(hash)).findFirst().orElseThrow();
                if (count.attempts() >= counter.max()) {
                    throw tooMany(count.secondsLeft());
                }
                if (count.attempts() + count.pending() > counter.max()) {
                    throw Failure.of(HttpStatus.SERVICE_UNAVAILABLE, "request_timeout", "Others are trying this right now. Try again in a moment.")
                            .with("retry_after", 1);
                }
            }
            return taken;
        });
        if (counts.stream().anyMatch(count -> count.attempts() + count.pending() == 1)) {
            deleteOldWindows();
        }
        return counts.getFirst().window();
    }

    private List<Count> take(List<Counter> counters) {
        return database.sql("""
                        insert into auth.coral_attempts as counted (subject_hash, window_start, pending)
                        select subject, date_bin('5 minutes', now(), timestamptz '2000-01-01'), 1 from unnest(:subjects) as asked(subject) order by subject
                        on conflict (subject_hash, window_start) do update set pending = counted.pending + 1
                        returning encode(subject_hash, 'hex') as hash, window_start, attempts, pending,
                          ceil(extract(epoch from window_start + interval '5 minutes' - now()))::int as seconds_left
                        """)
                .param("subjects", hashes(counters))
                .query((row, number) -> new Count(row.getString("hash"), row.getTimestamp("window_start"), row.getInt("attempts"),
                        row.getInt("pending"), Math.max(1, row.getInt("seconds_left"))))
                .list();
    }

    /** Releases the reserved places and counts the result, if there was one. */
    private void settle(List<Counter> counters, Timestamp window, Optional<Boolean> success) {
        database.sql("""
                        with held as (
                          select c.subject_hash, c.window_start, asked.counted
                          from auth.coral_attempts c join unnest(:subjects, :counted) as asked(subject, counted) on asked.subject = c.subject_hash
                          where c.window_start = :window order by c.subject_hash for update of c)
                        update auth.coral_attempts c set pending = c.pending - 1, attempts = c.attempts + held.counted
                        from held where c.subject_hash = held.subject_hash and c.window_start = held.window_start
                        """)
                .param("subjects", hashes(counters))
                .param("counted", counters.stream()
                        .map(counter -> success.isPresent() && success.get() == counter.countsSuccesses() ? 1 : 0).toArray(Integer[]::new))
                .param("window", window)
                .update();
    }

    /** Bounds the table to about ten minutes of attempts, whose number the hashing queue bounds. */
    private void deleteOldWindows() {
        database.sql("""
                        delete from auth.coral_attempts where (subject_hash, window_start) in (
                          select subject_hash, window_start from auth.coral_attempts
                          where window_start < now() - interval '10 minutes' order by window_start limit 500 for update skip locked)
                        """)
                .update();
    }

    private static byte[][] hashes(List<Counter> counters) {
        return counters.stream().map(Counter::hash).toArray(byte[][]::new);
    }

    private static Failure tooMany(int seconds) {
        return Failure.of(HttpStatus.TOO_MANY_REQUESTS, "over_request_rate_limit",
                        "Too many attempts. Try again in " + Math.ceilDiv(seconds, 60) + " min.")
                .with("retry_after", Math.max(1, seconds));
    }
}
