package social.coral.web.posts;

import org.jspecify.annotations.Nullable;

/** Which imports are listed: those with these words in the name of the file or the author. */
public record ImportFilter(@Nullable String q) {

    String words() {
        return q == null ? "" : q.strip();
    }
}
