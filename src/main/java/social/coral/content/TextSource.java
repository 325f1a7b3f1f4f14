package social.coral.content;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A source of a text.
 *
 * @param number by which the text refers to it
 * @param url empty for a collected post without an address
 * @param postId the collected post that it is, if it is one
 */
public record TextSource(int number, String url, String title, @Nullable UUID postId) {

    /** The most of a text. */
    public static final int MOST = 50;
}
