package social.coral.networks;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Post ids: numbers of up to 64 bits as text. They grow with time and are compared as numbers, never as text. */
public final class PostIds {

    /** Without leading zeros, the shorter of two numbers is the smaller. */
    public static final Comparator<String> OLDEST_FIRST = Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    /** When the first post was written. */
    public static final Instant FIRST_POST = Instant.parse("2006-03-21T00:00:00Z");

    private static final Pattern SHAPE = Pattern.compile("[1-9][0-9]{0,19}");
    private static final BigInteger MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    private static final int SHORTER_THAN_MAX = 19;
    private static final Pattern DERIVED = Pattern.compile("d-[0-9a-f-]{36}");
    // Since November 2010 an id holds its time in milliseconds, in the bits above the 22nd. The first of them was 29,700,859,247.
    private static final long FIRST_WITH_TIME = 29_700_000_000L;
    private static final long EPOCH_OF_IDS = 1_288_834_974_657L;
    private static final int BITS_BELOW_TIME = 22;

    private PostIds() {}

    public static boolean isId(@Nullable String text) {
        return text != null && SHAPE.matcher(text).matches();
    }

    /** Reports whether an id can be one that X has given: twenty digits can say more than 64 bits hold. */
    public static boolean isWithin64Bits(String id) {
        return id.length() <= SHORTER_THAN_MAX || new BigInteger(id).compareTo(MAX) <= 0;
    }

    /** Returns the time in an id; null for one from before ids contained it, and for one that X cannot have given. */
    public static @Nullable Instant time(String id) {
        if (!isWithin64Bits(id)) {
            return null;
        }
        long number = Long.parseUnsignedLong(id);
        return Long.compareUnsigned(number, FIRST_WITH_TIME) < 0 ? null : Instant.ofEpochMilli((number >>> BITS_BELOW_TIME) + EPOCH_OF_IDS);
    }

    /** Returns the id of a post that came without one: the same for the same author, time and text, and never an id of the network. */
    public static String derived(String author, Instant time, String text) {
        String whole = author.toLowerCase(Locale.ROOT) + '\n' + time + '\n' + text;
        return "d-" + UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8));
    }

    /** Reports whether the id was derived, so that there is no address of the post on its network. */
    public static boolean isDerived(String id) {
        return DERIVED.matcher(id).matches();
    }

    /** Returns the newer of two ids, either of which may be null. */
    public static @Nullable String newer(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return OLDEST_FIRST.compare(one, other) >= 0 ? one : other;
    }
}
