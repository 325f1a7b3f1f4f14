package social.coral.usage;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import social.coral.installation.StartFault;

/**
 * @param perMinute requests a minute that a tenant may send, and that are answered to one network without a sign-in
 */
@ConfigurationProperties("coral.usage.rate")
record RateLimitSettings(@DefaultValue("6000") long perMinute) {

    /** Far more than a machine serves, and less than a bucket can count. */
    private static final long MAX = 1_000_000_000;

    RateLimitSettings {
        if (perMinute < 1 || perMinute > MAX) {
            throw new StartFault("CORAL_RATE_LIMIT must be a whole number of requests a minute, from 1 to " + MAX + ".");
        }
    }
}
