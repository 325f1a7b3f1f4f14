package social.coral.content;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A place in an agent's text that is in none of its sources and not in the persona, so that a person should look at it.
 *
 * @param part the part of a thread, from 0; 0 for the one text of the others, null for the title
 * @param start where it begins, counted in UTF-16 units
 * @param end where it ends
 * @param words what stands there
 */
public record TextMark(Kind kind, @Nullable Integer part, int start, int end, String words) {

    /** What stands at the place. */
    public enum Kind {
        /** A number, a quantity or a name with a number in it. */
        NUMBER,
        DATE,
        /** Words in quotation marks. */
        QUOTE,
        /** A link, or an address of mail. */
        LINK,
        HANDLE,
        /** Characters that nobody sees, or that turn the order of others around. */
        HIDDEN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
