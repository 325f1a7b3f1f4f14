package social.coral.web.keys;

import org.jspecify.annotations.Nullable;
import social.coral.vault.ApiKey;
import social.coral.vault.ServiceName;
import social.coral.web.frame.Form;

/**
 * The form in which one key is entered.
 *
 * @param stored what it replaces; null when nothing is stored
 */
public record EnterKeyView(ServiceName service, Form form, @Nullable ApiKey stored) {

    /** What becomes of the key that is stored. */
    public String replaces() {
        if (stored == null) {
            return "";
        }
        return stored.sandbox()
                ? "It replaces the sandbox’s key: from then on posts come from X. You can go back to the sandbox under Keys."
                : "It replaces the stored one.";
    }
}
