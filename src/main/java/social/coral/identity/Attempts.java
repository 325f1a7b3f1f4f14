package social.coral.identity;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;

/**
 * Counts attempts in windows of five minutes, in the database, so that all processes count together. What is tried by
 * one client against one address is limited most; an address as a whole much less, so that a stranger elsewhere hardly
 * keeps its owner out.
 */
@Component
class Attempts {

    /** One thing that is counted, and how often it may happen in a window. */
    private record Subject(String name, int most) {}

    /** Attempts that were let through, and can be taken back when they turn out to be right. */
    final class Admitted {

        private final List<Subject> subjects;

        private Admitted(List<Subject> subjects) {
            this.subjects = subjects;
        }

        void wasRight() {
            subjects.forEach(Attempts.this::forgive);
        }
    }

    private record Count(int attempts, int secondsLeft) {}

    private final AuthDatabase database;
    private final int signUpsPerClient;
    private final int signInsPerClient;

    Attempts(AuthDatabase database, IdentitySettings settings) {
        this.database = database;
        this.signUpsPerClient = settings.signUpsPerClient();
        this.signInsPerClient = settings.signInsPerClient();
    }

    /** Counts a try at a password, before it is looked at. */
    Admitted password(String address, Client client) {
        // Being right takes as long to find out as being wrong.
        admit(List.of(
                new Subject("sign-in/address/" + address, 120),
                new Subject("sign-in/client/" + client.network(), signInsPerClient)));
        return admit(List.of(
                new Subject("password/pair/" + address + "/" + client.network(), 10),
                new Subject("password/address/" + address, 50),
                new Subject("password/client/" + client.network(), 100)));
    }

    void signUp(Client client) {
        admit(List.of(new Subject("sign-up/client/" + client.network(), signUpsPerClient)));
    }

    private Admitted admit(List<Subject> subjects) {
        for (Subject subject : subjects) {
            Count count = count(subject);
            if (count.attempts() > subject.most()) {
                throw Failure.of(HttpStatus.TOO_MANY_REQUESTS, "over_request_rate_limit",
                                "Too many attempts; try again in " + Math.ceilDiv(count.secondsLeft(), 60) + " min")
                        .with("retry_after", count.secondsLeft());
            }
        }
        return new Admitted(subjects);
    }

    private Count count(Subject subject) {
        Count count = database.sql("""
                        insert into auth.coral_attempts as counted (subject_hash, window_start)
                        values (:subject, date_bin('5 minutes', now(), timestamptz '2000-01-01'))
                        on conflict (subject_hash, window_start) do update set attempts = counted.attempts + 1
                        returning attempts, ceil(extract(epoch from window_start + interval '5 minutes' - now()))::int as seconds_left
                        """)
                .param("subject", OpaqueToken.hash(subject.name()))
                .query((row, number) -> new Count(row.getInt("attempts"), Math.max(1, row.getInt("seconds_left"))))
                .single();
        if (count.attempts() == 1) {
            forgetOldWindows();
        }
        return count;
    }

    private void forgive(Subject subject) {
        database.sql("""
                        update auth.coral_attempts set attempts = attempts - 1
                        where subject_hash = :subject and window_start = date_bin('5 minutes', now(), timestamptz '2000-01-01') and attempts > 0
                        """)
                .param("subject", OpaqueToken.hash(subject.name()))
                .update();
    }

    private void forgetOldWindows() {
        database.sql("""
                        delete from auth.coral_attempts where (subject_hash, window_start) in (
                          select subject_hash, window_start from auth.coral_attempts
                          where window_start < now() - interval '1 hour' order by window_start limit 500 for update skip locked)
                        """)
                .update();
    }
}
