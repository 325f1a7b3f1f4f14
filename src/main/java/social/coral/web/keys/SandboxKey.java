package social.coral.web.keys;

import org.springframework.stereotype.Component;
import social.coral.sandbox.Sandbox;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.KeyChecks;
import social.coral.vault.ServiceName;

/** Stores a key of the sandbox network in place of the one for X. */
@Component
public class SandboxKey {

    private final ApiKeys keys;
    private final KeyChecks checks;
    private final Sandbox sandbox;

    SandboxKey(ApiKeys keys, KeyChecks checks, Sandbox sandbox) {
        this.keys = keys;
        this.checks = checks;
        this.sandbox = sandbox;
    }

    /** Reports whether a key for X would be lost, which the person has to confirm. */
    public boolean replacesKeyForX() {
        return keys.find(ServiceName.TWITTER_BEARER).filter(key -> !key.sandbox()).isPresent();
    }

    /** Stores a new key and has it checked. */
    public ApiKey take() {
        keys.save(ServiceName.TWITTER_BEARER, sandbox.issueToken());
        return checks.check(ServiceName.TWITTER_BEARER);
    }
}
