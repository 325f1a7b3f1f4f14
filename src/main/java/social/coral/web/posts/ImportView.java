package social.coral.web.posts;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import social.coral.content.ImportResult;

/**
 * The page for importing posts.
 *
 * @param result what came of the file that was sent; null before one was
 * @param problem why nothing could be taken
 */
public record ImportView(DataSize limit, @Nullable ImportResult result, @Nullable String problem) {

    public String largest() {
        return limit.toGigabytes() >= 1 ? limit.toGigabytes() + " GB" : limit.toMegabytes() + " MB";
    }
}
