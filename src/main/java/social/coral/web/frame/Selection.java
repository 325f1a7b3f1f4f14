package social.coral.web.frame;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.api.Page;

/**
 * The rows that are selected in a list.
 *
 * @param confirmed whether the person has been asked about an action that needs it
 * @param back the list to return to; empty when unknown
 */
public record Selection(@Nullable List<UUID> id, @Nullable Boolean confirmed, @Nullable String back) {

    public List<UUID> ids() {
        if (id != null && id.size() > Page.MAX_LIMIT) {
            throw Failure.invalid("id", "At most " + Page.MAX_LIMIT + " rows can be selected at once.");
        }
        return id == null ? List.of() : id;
    }

    public boolean isConfirmed() {
        return Boolean.TRUE.equals(confirmed);
    }
}
