package social.coral.web.posts;

import org.jspecify.annotations.Nullable;
import social.coral.content.PostStatus;

/** Which of the person's own posts are listed; null or empty for all. */
public record MineFilter(@Nullable String q, @Nullable String status) {

    String words() {
        return q == null ? "" : q.strip();
    }

    @Nullable PostStatus wanted() {
        return status == null || status.isBlank() ? null : PostStatus.of("status", status.strip());
    }
}
