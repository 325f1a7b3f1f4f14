package social.coral.web.setup;

import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.vault.ServiceName;
import social.coral.web.keys.KeyGroup;

/**
 * The result for a key that was entered, or for those that work only together.
 *
 * @param service the key, or the first of them
 * @param detail more on keys that were saved
 * @param problem why it was not saved, for beside the field
 * @param stays whether the person should look at it before continuing
 */
public record KeyResult(
        ServiceName service, String title, String word, @Nullable String tone, @Nullable String detail, @Nullable String problem, boolean stays) {

    static KeyResult saved(KeyGroup group) {
        boolean accepted = group.acceptedAt() != null;
        boolean checkable = group.first().checkable();
        return new KeyResult(group.first().service(), group.title(), group.isRefused() ? "Saved, but refused" : group.word(), group.tone(), group.detail(),
                null, group.isRefused() || checkable && !accepted);
    }

    static KeyResult notSaved(ServiceName service, Failure failure) {
        return new KeyResult(service, service.title(), "Not saved", "bad", null, failure.sentence(), true);
    }
}
