package social.coral.identity;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of identity.
 *
 * @param signUpsPerClient how many accounts one client network may create in five minutes
 */
@ConfigurationProperties("coral.identity")
record IdentitySettings(@DefaultValue("300") int signUpsPerClient) {}
