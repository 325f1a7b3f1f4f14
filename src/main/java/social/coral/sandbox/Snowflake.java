package social.coral.sandbox;

/**
 * Ids as X makes them: milliseconds since X's epoch in front, 22 bits behind. Here these bits say whose post it is, so that
 * a post can be found by its id alone.
 */
final class Snowflake {

    private static final long EPOCH = 1_288_834_974_657L;
    private static final int AUTHOR_BITS = 7;
    private static final int TAIL_BITS = 15;

    /** Author numbers that no author has: posts of the accounts that clients write as, and of those who talk to them. */
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
