package social.coral.web.setup;

import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.vault.ApiKey;
import social.coral.vault.ServiceName;
import social.coral.web.keys.KeyRow;

/**
 * The result for one key that was entered.
 *
 * @param detail more on a key that was saved
 * @param problem why it was not saved, for beside the field
 * @param stays whether the person should look at it before continuing
 */
public record KeyResult(ServiceName service, String word, @Nullable String tone, @Nullable String detail, @Nullable String problem, boolean stays) {

    static KeyResult saved(ApiKey key, boolean checkable) {
        KeyRow row = new KeyRow(key.serviceName(), key, checkable);
        boolean refused = key.state() == ApiKey.State.REFUSED;
        boolean unclear = checkable && key.state() != ApiKey.State.VALID;
        return new KeyResult(key.serviceName(), refused ? "Saved, but refused" : row.word(), row.tone(), row.detail(), null, refused || unclear);
    }

    static KeyResult notSaved(ServiceName service, Failure failure) {
        return new KeyResult(service, "Not saved", "bad", null, failure.sentence(), true);
    }
}
