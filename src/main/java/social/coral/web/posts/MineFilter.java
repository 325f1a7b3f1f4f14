package social.coral.web.posts;

import org.jspecify.annotations.Nullable;
import social.coral.content.PostStatus;
import social.coral.web.frame.Address;

/** Which of one's own posts are shown, as it stands in the address; an empty text is no filter. */
public record MineFilter(String words, String status) {

    static MineFilter of(@Nullable String words, @Nullable String status) {
        return new MineFilter(words == null ? "" : words.strip(), status == null ? "" : status.strip());
    }

    public boolean isOpen() {
        return words.isEmpty() && status.isEmpty();
    }

    @Nullable PostStatus wanted() {
        return status.isEmpty() ? null : PostStatus.of("status", status);
    }

    Address address() {
        return Address.of("/tweets/mine").with("q", words).with("status", status);
    }
}
