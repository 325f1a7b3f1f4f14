package social.coral.usage;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
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
     * @param at when it happened, in whole seconds
     * @param step what it does to the subscription; of two that happened at once the later step counts
     * @param person whose customer it is; null if the event does not say
     * @param subscription null for an event that is of none
     * @param plans what the subscription pays for; none while it pays for nothing
     */
    record Event(String id, Instant at, Step step, String customer, @Nullable UUID person, @Nullable String subscription, List<String> plans) {}

    enum Step {
        BEGINS,
        CHANGES,
        ENDS
    }

    /** Takes in an event: each once, and in any order. */
    void take(Event event) {
        Optional<UUID> changed = database.sql("""
                        select usage.take_payment_event(:id, cast(:at as timestamptz), :step, :customer, cast(:person as uuid), :subscription,
                          string_to_array(:plans, ','))
                        """)
                .param("id", event.id())
                .param("at", OffsetDateTime.ofInstant(event.at(), ZoneOffset.UTC))
                .param("step", event.step().ordinal())
                .param("customer", event.customer())
                .param("person", event.person())
                .param("subscription", event.subscription())
                .param("plans", String.join(",", event.plans()))
                .query((row, number) -> Optional.ofNullable(row.getObject(1, UUID.class)))
                .single();
        changed.ifPresent(person -> new Tenant(person).run(() -> events.publishEvent(new BudgetChanged())));
    }
}
