package social.coral.web.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.context.annotation.RequestScope;
import social.coral.content.PostLimit;
import social.coral.identity.Profile;
import social.coral.identity.Profiles;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/**
 * The person who sent the request, read once however many parts of the page ask. Must be asked only after the request has made
 * its changes.
 */
@Component
@RequestScope
public class Visitor {

    private final Profiles profiles;
    private final ApiKeys apiKeys;
    private @Nullable Profile profile;
    private @Nullable List<ApiKey> keys;

    Visitor(Profiles profiles, ApiKeys apiKeys) {
        this.profiles = profiles;
        this.apiKeys = apiKeys;
    }

    public Profile profile() {
        Profile known = profile == null ? profiles.current() : profile;
        profile = known;
        return known;
    }

    /** How long a post of theirs may be. */
    public PostLimit limit() {
        return PostLimit.of(profile().longPosts());
    }

    /** The stored keys. */
    public List<ApiKey> keys() {
        List<ApiKey> known = keys == null ? apiKeys.list() : keys;
        keys = known;
        return known;
    }

    /** Reports whether posts come from the sandbox network instead of X. */
    public boolean inSandbox() {
        return keys().stream().anyMatch(key -> key.serviceName() == ServiceName.TWITTER_BEARER && key.sandbox());
    }
}
