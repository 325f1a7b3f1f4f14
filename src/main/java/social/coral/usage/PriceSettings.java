package social.coral.usage;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param prices in millionths of a US dollar, by service and unit: {@code coral.usage.prices.x.post} */
@ConfigurationProperties("coral.usage")
record PriceSettings(@DefaultValue Map<String, Map<String, Long>> prices) {}
