package social.coral.web.frame;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Who is signed in, as far as the frame shows it. */
public record Person(String email, @Nullable String fullName, ZoneId zone) {

    /** The name, or the address of somebody who gave none. */
    public String shownName() {
        return fullName == null || fullName.isBlank() ? email : fullName;
    }
}
