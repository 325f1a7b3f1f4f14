package social.coral.web.texts;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.content.PostStatus;
import social.coral.web.frame.Option;

/** Which texts are listed, and in which order; null or empty for all, the newest first. */
public record TextFilter(@Nullable String q, @Nullable String status, @Nullable String sort) {

    public static final List<Option> ORDERS = Option.list("oldest", "Oldest first");

    String words() {
        return q == null ? "" : q.strip();
    }

    @Nullable PostStatus wanted() {
        return status == null || status.isBlank() ? null : PostStatus.of("status", status.strip());
    }

    boolean oldestFirst() {
        return !Option.chosen("sort", sort, ORDERS).isEmpty();
    }
}
