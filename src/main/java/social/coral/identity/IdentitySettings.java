package social.coral.identity;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of identity.
 *
 * @param signUpsPerClient how many people one client address may make in five minutes
 * @param signInsPerClient how often it may sign in in five minutes, rightly or not
 */
@ConfigurationProperties("coral.identity")
record IdentitySettings(@DefaultValue("300") int signUpsPerClient, @DefaultValue("600") int signInsPerClient) {}
