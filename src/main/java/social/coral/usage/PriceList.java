package social.coral.usage;

import java.util.Map;

/**
 * What a service charges. A Spring bean of this type is all that there is to register.
 *
 * @param service the service as its calls name it
 * @param microUsd the price of each kind of unit, in millionths of a US dollar
 */
public record PriceList(String service, Map<String, Long> microUsd) {}
