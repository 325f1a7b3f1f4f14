package social.coral.kms;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import social.coral.installation.StartFault;

/**
 * The settings of the key service that wraps the master key. There is none when {@code url} is empty.
 *
 * @param url its address, without {@code /v1}
 * @param token the token this installation authenticates with
 * @param key the name of the transit key
 */
@ConfigurationProperties("coral.kms")
record KmsSettings(@DefaultValue("") String url, @DefaultValue("") String token, @DefaultValue("") String key) {

    KmsSettings {
        url = url.strip().replaceAll("/+$", "");
        token = token.strip();
        key = key.strip();
        if (!url.isEmpty() && (!url.matches("https?://[^\\s?#]+") || token.isEmpty() || !key.matches("[A-Za-z0-9._-]+"))) {
            throw new StartFault("The key service needs CORAL_KMS_URL (like https://vault.example.org:8200), CORAL_KMS_TOKEN and CORAL_KMS_KEY"
                    + " (the name of a transit key) together. Set all three, or none.");
        }
    }

    /** Leaves out the token. */
    @Override
    public String toString() {
        return "KmsSettings[" + url + "]";
    }
}
