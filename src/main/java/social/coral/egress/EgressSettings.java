package social.coral.egress;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where outgoing calls may go although the address is private.
 *
 * @param allowPrivate {@code host:port} pairs that the operator lists in CORAL_ALLOW_PRIVATE_EGRESS
 * @param serviceUrls the base addresses of outside services as configured; one that names this machine or a private address
 *     is thereby allowed, since only the operator can configure it
 */
@ConfigurationProperties("coral.egress")
record EgressSettings(@DefaultValue List<String> allowPrivate, @DefaultValue List<String> serviceUrls) {}
