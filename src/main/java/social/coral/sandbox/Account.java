package social.coral.sandbox;

import java.time.Instant;
import java.util.Locale;

/** An account as everybody sees it. Its id is derived from its handle. */
record Account(long id, String handle, String name, String about, int followers) {

    private static final long LEAST_ID = 100_000_000_000_000_000L;

    static Account of(String handle, String name, String about, int followers) {
        return new Account(idOf(handle), handle, name, about, followers);
    }

    private static long idOf(String handle) {
        return LEAST_ID + (Dice.seed(handle.toLowerCase(Locale.ROOT)) >>> 1) % (8 * LEAST_ID);
    }

    Instant createdAt() {
        return Instant.ofEpochSecond(1_300_000_000L + Dice.of(id, 1).below(400_000_000));
    }
}
