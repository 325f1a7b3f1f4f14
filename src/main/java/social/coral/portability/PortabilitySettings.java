package social.coral.portability;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param importLimit how large an archive may be, as it is sent
 */
@ConfigurationProperties("coral.portability")
record PortabilitySettings(@DefaultValue("2GB") DataSize importLimit) {}
