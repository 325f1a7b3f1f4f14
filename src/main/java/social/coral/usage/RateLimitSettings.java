package social.coral.usage;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import social.coral.installation.StartFault;

/**
 * @param tenantsPerMinute requests a minute that a tenant may send
 * @param strangersPerMinute requests a minute that are answered to one network without a sign-in
 */
@ConfigurationProperties("coral.usage.rate")
record RateLimitSettings(@DefaultValue("6000") long tenantsPerMinute, @DefaultValue("600") long strangersPerMinute) {

    RateLimitSettings {
        if (tenantsPerMinute < 1 || strangersPerMinute < 1) {
            throw new StartFault("CORAL_RATE_LIMIT and CORAL_RATE_LIMIT_STRANGERS must be whole numbers of requests a minute, from 1 on");
        }
    }
}
