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
 * Counts verdicts on passwords in windows of five minutes, in the database, so that all processes count together. An attempt is
 * reserved before it is looked at and counted when it was found right or wrong; what was never judged is held against nobody.
 * Strangers are counted apart from the browsers and networks where the person signs in, and both from a session that is open,
 * so that no stranger's guesses keep the owner out. All sessions and browsers of a person stand in one line, and their
 * networks in another: as many as one likes are had for nothing.
 */
@Component
class SignInAttempts {

    /** One thing that is counted, and how often it may happen in a window. */
    private record Subject(String name, int most, boolean countsRight) {

        static Subject wrong(String name, int most) {
            return new Subject(name, most, false);
        }

        static Subject right(String name, int most) {
            return new Subject(name, most, true);
        }

        byte[] hash() {
            return OpaqueToken.hash(name);
        }
    }

    private record Count(String hash, Timestamp window, int attempts, int pending, int secondsLeft) {}

    /** An attempt that may be made, and whose turn it takes. */
    final class Attempt {

        private final HashingQueue.Asker asker;
        private final List<Subject> subjects;
        private final KnownDevices.@Nullable Browser browser;

        private Attempt(HashingQueue.Asker asker, List<Subject> subjects, KnownDevices.@Nullable Browser browser) {
            this.asker = asker;
            this.subjects = subjects;
            this.browser = browser;
        }

        HashingQueue.Asker asker() {
            return asker;
        }

        /** Lets it be judged: something for right, nothing for wrong. Whatever is thrown is no verdict, and counts for nothing. */
        <T extends Object> Optional<T> judge(Supplier<Optional<T>> judging) {
            Timestamp window = reserve(subjects);
            Optional<Boolean> right = Optional.empty();
            try {
                Optional<T> verdict = judging.get();
                right = Optional.of(verdict.isPresent());
                return verdict;
            } finally {
                settle(subjects, window, right);
                if (browser != null && right.isPresent() && !right.get()) {
                    familiar.wasWrong(browser);
                }
            }
        }
    }

    private static final int RIGHT_FROM_ONE_PLACE = 120;
    private static final int WRONG_OF_ONE_PLACE = 10;
    private static final int WRONG_OF_ONE_PERSON = 40;
    private static final int WRONG_WHATEVER_OTHERS_DO = 3;

    private final AuthDatabase database;
    private final KnownDevices familiar;
    private final int signUpsPerClient;

    SignInAttempts(AuthDatabase database, KnownDevices familiar, IdentitySettings settings) {
        this.database = database;
        this.familiar = familiar;
        this.signUpsPerClient = settings.signUpsPerClient();
    }

    /** To sign in with this address from there, by a browser that holds this mark. */
    Attempt signIn(String address, Client client, @Nullable String mark) {
        KnownDevices.Known known = familiar.find(address, client, mark);
        if (known.browser() != null) {
            Attempt fromBrowser = fromBrowser(known.browser());
            if (spent(fromBrowser.subjects).isEmpty()) {
                return fromBrowser;
            }
            // Perhaps it is a thief who used it up; its owner may still come as everybody does.
        }
        return known.networkOf() == null ? unlessSpent(fromAStranger(address, client)) : fromTheirNetwork(known.networkOf(), client);
    }

    private Attempt fromBrowser(KnownDevices.Browser browser) {
        return ofTheirOwn(browser.person(), "browser/" + browser.person() + "/" + HexFormat.of().formatHex(browser.hash()), browser);
    }

    /** By what nobody has but the person, or who has robbed them: each of it is counted, and all of it together. */
    private Attempt ofTheirOwn(UUID person, String name, KnownDevices.@Nullable Browser browser) {
        return new Attempt(new HashingQueue.Asker("person/" + person, true), List.of(
                Subject.wrong(name, WRONG_OF_ONE_PLACE),
                Subject.wrong("person/" + person, WRONG_OF_ONE_PERSON),
                Subject.right("right/" + name, RIGHT_FROM_ONE_PLACE)), browser);
    }

    /** The first few wrong ones count for this person alone, so that nobody else in the network uses up what they have there. */
    private Attempt fromTheirNetwork(UUID person, Client client) {
        Attempt first = fromTheirNetwork(person, client, List.of(), WRONG_WHATEVER_OTHERS_DO);
        return spent(first.subjects).isEmpty()
                ? first
                : unlessSpent(fromTheirNetwork(person, client, List.of(Subject.wrong("known/network/" + client.network(), 100)), WRONG_OF_ONE_PLACE));
    }

    private Attempt fromTheirNetwork(UUID person, Client client, List<Subject> shared, int most) {
        String place = person + "/" + client.network();
        List<Subject> subjects = new ArrayList<>(shared);
        subjects.add(Subject.wrong("known/pair/" + place, most));
        subjects.add(Subject.right("right/" + place, RIGHT_FROM_ONE_PLACE));
        return new Attempt(new HashingQueue.Asker("networks/" + person, true), subjects, null);
    }

    private Attempt fromAStranger(String address, Client client) {
        String place = address + "/" + client.network();
        List<Subject> subjects = new ArrayList<>(List.of(
                Subject.wrong("stranger/pair/" + place, 10),
                Subject.wrong("stranger/address/" + address, 50),
                Subject.wrong("stranger/network/" + client.network(), 100),
                Subject.right("right/" + place, RIGHT_FROM_ONE_PLACE)));
        if (!client.site().equals(client.network())) {
            subjects.add(Subject.wrong("stranger/pair/" + address + "/" + client.site(), 20));
            subjects.add(Subject.wrong("stranger/network/" + client.site(), 200));
        }
        return new Attempt(new HashingQueue.Asker(client.site(), false), subjects, null);
    }

    /** To prove once more in an open session who one is. */
    Attempt inSession(UUID person, UUID session) {
        return unlessSpent(ofTheirOwn(person, "session/" + session, null));
    }

    /** To make a new person. */
    Attempt signUp(Client client) {
        return unlessSpent(new Attempt(new HashingQueue.Asker(client.site(), false),
                List.of(Subject.right("sign-up/" + client.site(), signUpsPerClient)), null));
    }

    private Attempt unlessSpent(Attempt attempt) {
        spent(attempt.subjects).ifPresent(seconds -> {
            throw tooMany(seconds);
        });
        return attempt;
    }

    /** The seconds until there is room again, if there is none: whoever is refused anyway need not wait for a turn. */
    private Optional<Integer> spent(List<Subject> subjects) {
        return database.sql("""
                        select ceil(extract(epoch from c.window_start + interval '5 minutes' - now()))::int as seconds_left
                        from auth.coral_attempts c join unnest(:subjects, :most) as asked(subject, most) on asked.subject = c.subject_hash
                        where c.window_start = date_bin('5 minutes', now(), timestamptz '2000-01-01') and c.attempts >= asked.most
                        limit 1
                        """)
                .param("subjects", hashes(subjects))
                .param("most", subjects.stream().map(Subject::most).toArray(Integer[]::new))
                .query(Integer.class)
                .optional();
    }

    /** Takes a place at each subject, or none at all; says in which window. */
    private Timestamp reserve(List<Subject> subjects) {
        List<Count> counts = database.transaction(() -> {
            List<Count> taken = take(subjects);
            for (Subject subject : subjects) {
                String hash = HexFormat.of().formatHex(subject.hash());
                Count count = taken.stream().filter(one -> one.hash().equals(hash)).findFirst().orElseThrow();
                if (count.attempts() >= subject.most()) {
                    throw tooMany(count.secondsLeft());
                }
                if (count.attempts() + count.pending() > subject.most()) {
                    throw Failure.of(HttpStatus.SERVICE_UNAVAILABLE, "request_timeout", "Others are trying this right now. Try again in a moment.")
                            .with("retry_after", 1);
                }
            }
            return taken;
        });
        if (counts.stream().anyMatch(count -> count.attempts() + count.pending() == 1)) {
            forgetOldWindows();
        }
        return counts.getFirst().window();
    }

    private List<Count> take(List<Subject> subjects) {
        return database.sql("""
                        insert into auth.coral_attempts as counted (subject_hash, window_start, pending)
                        select subject, date_bin('5 minutes', now(), timestamptz '2000-01-01'), 1 from unnest(:subjects) as asked(subject) order by subject
                        on conflict (subject_hash, window_start) do update set pending = counted.pending + 1
                        returning encode(subject_hash, 'hex') as hash, window_start, attempts, pending,
                          ceil(extract(epoch from window_start + interval '5 minutes' - now()))::int as seconds_left
                        """)
                .param("subjects", hashes(subjects))
                .query((row, number) -> new Count(row.getString("hash"), row.getTimestamp("window_start"), row.getInt("attempts"),
                        row.getInt("pending"), Math.max(1, row.getInt("seconds_left"))))
                .list();
    }

    /** Gives the places back and counts the verdict, if there was one. */
    private void settle(List<Subject> subjects, Timestamp window, Optional<Boolean> right) {
        database.sql("""
                        with held as (
                          select c.subject_hash, c.window_start, asked.counted
                          from auth.coral_attempts c join unnest(:subjects, :counted) as asked(subject, counted) on asked.subject = c.subject_hash
                          where c.window_start = :window order by c.subject_hash for update of c)
                        update auth.coral_attempts c set pending = c.pending - 1, attempts = c.attempts + held.counted
                        from held where c.subject_hash = held.subject_hash and c.window_start = held.window_start
                        """)
                .param("subjects", hashes(subjects))
                .param("counted", subjects.stream()
                        .map(subject -> right.isPresent() && right.get() == subject.countsRight() ? 1 : 0).toArray(Integer[]::new))
                .param("window", window)
                .update();
    }

    /** No more rows than attempts of ten minutes or so, and there are no more of these than turns at hashing. */
    private void forgetOldWindows() {
        database.sql("""
                        delete from auth.coral_attempts where (subject_hash, window_start) in (
                          select subject_hash, window_start from auth.coral_attempts
                          where window_start < now() - interval '10 minutes' order by window_start limit 500 for update skip locked)
                        """)
                .update();
    }

    private static byte[][] hashes(List<Subject> subjects) {
        return subjects.stream().map(Subject::hash).toArray(byte[][]::new);
    }

    private static Failure tooMany(int seconds) {
        return Failure.of(HttpStatus.TOO_MANY_REQUESTS, "over_request_rate_limit",
                        "Too many attempts. Try again in " + Math.ceilDiv(seconds, 60) + " min.")
                .with("retry_after", Math.max(1, seconds));
    }
}
