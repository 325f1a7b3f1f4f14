package social.coral.usage;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import social.coral.installation.StartFault;

/**
 * How plans are paid for. Without a secret nothing is taken from a payment provider.
 *
 * @param webhookSecret STRIPE_WEBHOOK_SECRET, which signs what Stripe sends
 * @param prices STRIPE_PRICES, such as {@code price_1=pro,price_2=enterprise}
 */
@ConfigurationProperties("coral.payments.stripe")
record StripeSettings(@DefaultValue("") String webhookSecret, @DefaultValue("") String prices) {

    private static final Set<String> PLANS = Set.of("free", "pro", "enterprise");

    StripeSettings {
        webhookSecret = webhookSecret.strip();
        if (webhookSecret.isEmpty() != prices.isBlank()) {
            throw new StartFault("STRIPE_WEBHOOK_SECRET and STRIPE_PRICES are set together, or neither is.");
        }
        planOf(prices);
    }

    boolean isOn() {
        return !webhookSecret.isEmpty();
    }

    /** Returns the plan that a price pays for. */
    Optional<String> plan(String price) {
        return Optional.ofNullable(planOf(prices).get(price));
    }

    private static Map<String, String> planOf(String prices) {
        return Arrays.stream(prices.split(",")).map(String::strip).filter(pair -> !pair.isEmpty()).map(StripeSettings::pair)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> second));
    }

    private static String[] pair(String text) {
        String[] pair = text.split("\\s*=\\s*");
        if (pair.length != 2 || pair[0].isBlank() || !PLANS.contains(pair[1])) {
            throw new StartFault("STRIPE_PRICES holds \"" + text + "\". Write each price of Stripe with its plan, such as price_1=pro,price_2=enterprise;"
                    + " the plans are free, pro and enterprise.");
        }
        return pair;
    }

    @Override
    public String toString() {
        return "StripeSettings[hidden]";
    }
}
