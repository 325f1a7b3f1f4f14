package social.coral.usage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What calls cost: by the services' own price lists, or by the settings, because services change their prices. */
@Component
final class Prices {

    private final Map<String, Map<String, Long>> microUsd = new HashMap<>();

    Prices(List<PriceList> lists, PriceSettings settings) {
        lists.forEach(list -> microUsd.put(list.service(), new HashMap<>(list.microUsd())));
        settings.prices().forEach((service, prices) -> microUsd.computeIfAbsent(service, unknown -> new HashMap<>()).putAll(prices));
    }

    /** The price of the whole call. One whose price nobody knows is a fault of ours, and not free. */
    long microUsd(Call call) {
        Long price = microUsd.getOrDefault(call.service(), Map.of()).get(call.unit());
        if (price == null) {
            throw new IllegalStateException("no price list says what a " + call.unit() + " of " + call.service() + " costs");
        }
        return price * call.units();
    }
}
