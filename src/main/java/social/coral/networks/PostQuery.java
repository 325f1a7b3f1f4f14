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
 */
public record PostQuery(@Nullable String sinceId, @Nullable Instant startTime, @Nullable String pageToken, int size) {

    public static final int MIN_SIZE = 5;
    public static final int MAX_SIZE = 100;

    public PostQuery {
        if (size < MIN_SIZE || size > MAX_SIZE) {
            throw new IllegalArgumentException("a page has " + MIN_SIZE + " to " + MAX_SIZE + " posts");
        }
    }

    /** The newest posts. */
    public static PostQuery newest(int size) {
        return new PostQuery(null, null, null, size);
    }

    public PostQuery since(@Nullable String id) {
        return new PostQuery(id, startTime, pageToken, size);
    }

    public PostQuery from(@Nullable Instant time) {
        return new PostQuery(sinceId, time, pageToken, size);
    }

    public PostQuery page(@Nullable String token) {
        return new PostQuery(sinceId, startTime, token, size);
    }
}
