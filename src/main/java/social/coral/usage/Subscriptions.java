package social.coral.usage;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;

/** Gives people the plan that their subscriptions pay for. */
@Component
class Subscriptions {

    private final JdbcClient database;
    private final ApplicationEventPublisher events;

    Subscriptions(Databases databases, ApplicationEventPublisher events) {
        this.database = JdbcClient.create(databases.meter());
        this.events = events;
    }

    /**
     * What an event tells.
     *
     * @param at when it happened
     * @param person whose customer it is; null if the event does not say
     * @param subscription null for an event that is of none
     * @param plan what the subscription pays for; null while it pays for nothing
     */
    record Event(String id, Instant at, String customer, @Nullable UUID person, @Nullable String subscription, @Nullable String plan) {}

    /** Takes in an event: each once, and in any order. */
    void take(Event event) {
        Optional<UUID> changed = database.sql("""
                        select usage.take_payment_event(:id, cast(:at as timestamptz), :customer, cast(:person as uuid), :subscription, :plan)
                        """)
                .param("id", event.id())
                .param("at", OffsetDateTime.ofInstant(event.at(), ZoneOffset.UTC))
                .param("customer", event.customer())
                .param("person", event.person())
                .param("subscription", event.subscription())
                .param("plan", event.plan())
                .query((row, number) -> Optional.ofNullable(row.getObject(1, UUID.class)))
                .single();
        changed.ifPresent(person -> new Tenant(person).run(() -> events.publishEvent(new BudgetChanged())));
    }
}
