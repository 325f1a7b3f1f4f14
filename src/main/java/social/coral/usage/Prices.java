package social.coral.usage;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What services charge, in micro-dollars a unit. Services change their prices, so these are settings; the defaults were
 * seen in X's public price list.
 */
@ConfigurationProperties("coral.usage.prices")
public record Prices(@DefaultValue("5000") long xPostRead, @DefaultValue("10000") long xUserRead) {}
