package social.coral.networks;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A post on a page that could not be read.
 *
 * @param id its id, or null when that is unreadable too
 * @param why such as "without its time"
 */
public record LeftOut(@Nullable String id, String why) {

    private static final int MAX_NAMED = 3;

    /** Counts and names them, such as "left out 2 posts: 17 (without text), 19 (without its time)". */
    public static String summary(List<LeftOut> all) {
        return "left out " + all.size() + (all.size() == 1 ? " post: " : " posts: ")
                + all.stream().limit(MAX_NAMED).map(LeftOut::named).collect(Collectors.joining(", "))
                + (all.size() > MAX_NAMED ? " and " + (all.size() - MAX_NAMED) + " more" : "");
    }

    private String named() {
        return (id == null ? "one" : id) + " (" + why + ")";
    }
}
