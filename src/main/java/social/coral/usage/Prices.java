package social.coral.usage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Prices calls by the services' price lists; settings override them, because services change their prices. */
@Component
final class Prices {

    private final Map<String, Map<String, Long>> microUsd = new HashMap<>();

    Prices(List<PriceList> lists, PriceSettings settings) {
        lists.forEach(list -> microUsd.put(list.service(), new HashMap<>(list.microUsd())));
        settings.prices().forEach((service, prices) -> microUsd.computeIfAbsent(service, unknown -> new HashMap<>()).putAll(prices));
    }

    /** The price of the whole call. A call without a known price is a fault of ours rather than free. */
    long microUsd(Call call) {
        Long price = microUsd.getOrDefault(call.service(), Map.of()).get(call.unit());
        if (price == null) {
            throw new IllegalStateException("no price list says what a " + call.unit() + " of " + call.service() + " costs");
        }
        return price * call.units();
    }
}
