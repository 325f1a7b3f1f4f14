package social.coral.web.keys;

import social.coral.vault.ServiceName;

/**
 * The question whether the sandbox may take the place of a stored key for X.
 *
 * @param action where the answer goes
 * @param back where to go without one
 */
public record SandboxView(String action, String back) {

    /** What would be deleted. */
    public String key() {
        return ServiceName.TWITTER_BEARER.title();
    }
}
