package social.coral.web.keys;

import org.springframework.stereotype.Component;
import social.coral.sandbox.Sandbox;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** Puts a key of the sandbox network where the one for X is kept. */
@Component
public class SandboxKey {

    private final ApiKeys keys;
    private final Sandbox sandbox;

    SandboxKey(ApiKeys keys, Sandbox sandbox) {
        this.keys = keys;
        this.sandbox = sandbox;
    }

    /** Whether a key for X would be lost, so that the person is to be asked first. */
    public boolean replacesKeyForX() {
        return keys.find(ServiceName.TWITTER_BEARER).filter(key -> !key.sandbox()).isPresent();
    }

    /** Stores a new key and has it checked. */
    public ApiKey take() {
        keys.save(ServiceName.TWITTER_BEARER, sandbox.issueToken());
        return keys.check(ServiceName.TWITTER_BEARER);
    }
}
