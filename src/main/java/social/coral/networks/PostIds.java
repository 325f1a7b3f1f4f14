package social.coral.networks;

import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Post ids: numbers of up to 64 bits as text. They grow with time and are compared as numbers, never as text. */
public final class PostIds {

    /** Without leading zeros, the shorter of two numbers is the smaller. */
    public static final Comparator<String> OLDEST_FIRST = Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private static final Pattern SHAPE = Pattern.compile("[1-9][0-9]{0,19}");

    private PostIds() {}

    public static boolean isId(@Nullable String text) {
        return text != null && SHAPE.matcher(text).matches();
    }

    /** Returns the newer of two ids, either of which may be null. */
    public static @Nullable String newer(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return OLDEST_FIRST.compare(one, other) >= 0 ? one : other;
    }
}
