package social.coral.usage;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.model.Price;
import com.stripe.model.StripeObject;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.checkout.Session;
import com.stripe.net.Webhook;
import io.swagger.v3.oas.annotations.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Failure;
import social.coral.usage.Subscriptions.Step;

/**
 * Takes the events of Stripe, which it signs ({@code https://docs.stripe.com/webhooks}). A checkout names the person by its
 * {@code client_reference_id}, or a subscription by its metadata's {@code user_id}: the id of their profile.
 */
@RestController
class StripeController {

    private static final Logger log = LoggerFactory.getLogger(StripeController.class);

    /** In these states a subscription gives its plan; one that is late has Stripe's own time to pay. */
    private static final Set<String> PAID = Set.of("active", "trialing", "past_due");

    private static final String ENDED = "customer.subscription.deleted";

    /** The longest id that Stripe gives. */
    private static final int MAX_ID = 255;

    record Received(boolean received) {}

    private final StripeSettings settings;
    private final Subscriptions subscriptions;

    StripeController(StripeSettings settings, Subscriptions subscriptions) {
        this.settings = settings;
        this.subscriptions = subscriptions;
    }

    @PostMapping("/webhooks/stripe")
    @Operation(summary = "Takes an event of Stripe", description = "Signed by Stripe, at most five minutes ago. 404 where the operator has not set it up.")
    Received take(@RequestBody byte[] body, @RequestHeader(name = "Stripe-Signature", defaultValue = "") String signature) {
        if (!settings.isOn()) {
            throw Failure.notFound();
        }
        event(body, signature).flatMap(this::read).ifPresent(subscriptions::take);
        return new Received(true);
    }

    private Optional<Event> event(byte[] body, String signature) {
        try {
            return Optional.of(Webhook.constructEvent(new String(body, StandardCharsets.UTF_8), signature, settings.webhookSecret()));
        } catch (SignatureVerificationException e) {
            throw Failure.of(HttpStatus.BAD_REQUEST, "invalid_signature", "This is not signed by Stripe with the secret that is set here, or it is more than five minutes old.");
        } catch (RuntimeException e) {
            throw Failure.of(HttpStatus.BAD_REQUEST, "invalid_event", "This is no event of Stripe.");
        }
    }

    private Optional<Subscriptions.Event> read(Event event) {
        return object(event).flatMap(object -> switch (object) {
            case Subscription it when paysForUnknown(event, it) -> Optional.<Subscriptions.Event>empty();
            case Subscription it -> read(event, it.getCustomer(), id(metadata(it)), it.getId(), plans(event, it));
            case Session it -> read(event, it.getCustomer(), id(it.getClientReferenceId()), null, List.of());
            default -> Optional.<Subscriptions.Event>empty();
        });
    }

    /** The object of an event that is listened to; read although Stripe may send it in a newer form than the library's. */
    private static Optional<StripeObject> object(Event event) {
        if (event.getId() == null || event.getType() == null || event.getCreated() == null
                || !event.getType().startsWith("customer.subscription.") && !event.getType().equals("checkout.session.completed")) {
            return Optional.empty();
        }
        try {
            return Optional.of(event.getDataObjectDeserializer().deserializeUnsafe());
        } catch (Exception e) {
            log.warn("An event of Stripe ({}, {}) cannot be read: {}", event.getId(), event.getType(), e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Subscriptions.Event> read(Event event, @Nullable String customer, @Nullable UUID person, @Nullable String subscription, List<String> plans) {
        return Stream.of(event.getId(), customer, subscription).anyMatch(id -> id != null && id.length() > MAX_ID) || customer == null ? Optional.empty()
                : Optional.of(new Subscriptions.Event(event.getId(), Instant.ofEpochSecond(event.getCreated()), step(event), customer, person, subscription, plans));
    }

    private static Step step(Event event) {
        return switch (event.getType()) {
            case "customer.subscription.created" -> Step.BEGINS;
            case ENDED -> Step.ENDS;
            default -> Step.CHANGES;
        };
    }

    /** What somebody pays for at a price without a plan is the operator's to say; until then they keep the plan they have. */
    private boolean paysForUnknown(Event event, Subscription subscription) {
        List<String> prices = prices(event, subscription);
        boolean isUnknown = !prices.isEmpty() && plans(event, subscription).isEmpty();
        if (isUnknown) {
            log.warn("The subscription {} is paid for at {}, which STRIPE_PRICES does not name, so its person keeps the plan that they have. Add the price with its plan,"
                    + " restart, and send the event {} again from Stripe's dashboard.", subscription.getId(), String.join(", ", prices), event.getId());
        }
        return isUnknown;
    }

    /** Returns the plans that its prices pay for. */
    private List<String> plans(Event event, Subscription subscription) {
        return prices(event, subscription).stream().flatMap(price -> settings.plan(price).stream()).toList();
    }

    /** Returns the ids of the prices that are paid. */
    private static List<String> prices(Event event, Subscription subscription) {
        if (event.getType().equals(ENDED) || !PAID.contains(subscription.getStatus()) || subscription.getItems() == null) {
            return List.of();
        }
        return subscription.getItems().getData().stream().map(SubscriptionItem::getPrice).filter(Objects::nonNull).map(Price::getId).filter(Objects::nonNull).toList();
    }

    private static @Nullable String metadata(Subscription subscription) {
        Map<String, String> metadata = subscription.getMetadata();
        return metadata == null ? null : metadata.get("user_id");
    }

    private static @Nullable UUID id(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
