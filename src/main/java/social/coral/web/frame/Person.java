package social.coral.web.frame;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.content.PostLimit;

/**
 * Who is signed in, as far as the frame shows it.
 *
 * @param sandbox whether their posts come from the sandbox network
 * @param limit how long a post of theirs may be
 * @param erasureDueAt when everything of theirs is erased, if they asked for that
 */
public record Person(UUID id, String email, @Nullable String fullName, ZoneId zone, boolean sandbox, PostLimit limit,
        @Nullable Instant erasureDueAt) {

    /** The name, or the address of somebody who gave none. */
    public String shownName() {
        return fullName == null || fullName.isBlank() ? email : fullName;
    }

    /** The name above their posts: an email address is nobody's name. */
    public String writesAs() {
        return fullName == null || fullName.isBlank() ? "You" : fullName;
    }
}
