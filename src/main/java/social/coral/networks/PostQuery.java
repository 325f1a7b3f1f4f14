package social.coral.networks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which page of an account's posts.
 *
 * @param sinceId only posts newer than this one, or null for all that the network still gives
 * @param startTime only posts from this time on, where no id can be named; or null
 * @param pageToken the page, by the token that the page before it gave, or null for the newest
 * @param size how many posts, 5 to 100
 * @param passOver whether a last page of nothing but malformed posts is passed over and not a fault
 */
public record PostQuery(
        @Nullable String sinceId, @Nullable Instant startTime, @Nullable String pageToken, int size, boolean passOver) {

    public static final int MIN_SIZE = 5;
    public static final int MAX_SIZE = 100;

    public PostQuery {
        if (size < MIN_SIZE || size > MAX_SIZE) {
            throw new IllegalArgumentException("a page has " + MIN_SIZE + " to " + MAX_SIZE + " posts");
        }
    }

    /** The newest posts. */
    public static PostQuery newest(int size) {
        return new PostQuery(null, null, null, size, false);
    }

    public PostQuery since(@Nullable String id) {
        return new PostQuery(id, startTime, pageToken, size, passOver);
    }

    public PostQuery from(@Nullable Instant time) {
        return new PostQuery(sinceId, time, pageToken, size, passOver);
    }

    public PostQuery page(@Nullable String token) {
        return new PostQuery(sinceId, startTime, token, size, passOver);
    }

    /** The same, where a last page that was malformed before is not waited for any longer. */
    public PostQuery passOver(boolean malformed) {
        return new PostQuery(sinceId, startTime, pageToken, size, malformed);
    }
}
