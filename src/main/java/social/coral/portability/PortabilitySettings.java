package social.coral.portability;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param importLimit how large an archive may be, as it is sent
 * @param spoolLimit how much of the disk imports and exports that are under way may take, all together
 */
@ConfigurationProperties("coral.portability")
record PortabilitySettings(@DefaultValue("2GB") DataSize importLimit, @DefaultValue("16GB") DataSize spoolLimit) {}
