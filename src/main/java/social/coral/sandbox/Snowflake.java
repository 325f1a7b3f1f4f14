package social.coral.sandbox;

/**
 * Ids like X's: milliseconds since X's epoch, then 22 bits. Here these bits identify the author, so that a post can be found by
 * its id alone.
 */
final class Snowflake {

    private static final long EPOCH = 1_288_834_974_657L;
    private static final int AUTHOR_BITS = 7;
    private static final int TAIL_BITS = 15;

    /** Reserved author numbers: for posts of the accounts that clients act as, and of the crowd that writes to them. */
    static final int OWN = (1 << AUTHOR_BITS) - 1;
    static final int CROWD = OWN - 1;

    private Snowflake() {}

    static long id(long epochMilli, int author, long tail) {
        return (epochMilli - EPOCH) << (AUTHOR_BITS + TAIL_BITS) | (long) author << TAIL_BITS | tail & ((1 << TAIL_BITS) - 1);
    }

    static long epochMilli(long id) {
        return (id >>> (AUTHOR_BITS + TAIL_BITS)) + EPOCH;
    }

    static int author(long id) {
        return (int) (id >>> TAIL_BITS) & OWN;
    }
}
