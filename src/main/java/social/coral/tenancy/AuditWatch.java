package social.coral.tenancy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import social.coral.installation.InstallationSettings;

/**
 * Verifies every tenant's audit in the background, the slow part of {@code ./coral doctor --isolation}: a piece at a time, each
 * followed by a longer pause. Reports what it finds once in the log, and in a metric.
 */
@Component
final class AuditWatch implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(AuditWatch.class);
    private static final Duration BEFORE_THE_FIRST_ROUND = Duration.ofSeconds(30);
    private static final Duration BETWEEN_ROUNDS = Duration.ofHours(6);
    private static final int REST = 20;
    private static final int PAGE = 500;

    private final JdbcClient auth;
    private final TenantDoor door;
    private final boolean works;
    private final Counter checked;
    private final Set<UUID> broken = ConcurrentHashMap.newKeySet();
    private final Thread thread = Thread.ofVirtual().name("audit watch").unstarted(this::watch);

    AuditWatch(Databases databases, TenantDoor door, InstallationSettings settings, MeterRegistry metrics) {
        this.auth = JdbcClient.create(databases.auth());
        this.door = door;
        this.works = settings.role().runsJobs();
        this.checked = Counter.builder("coral.audit.checked").description("Audits of tenants that were looked through").register(metrics);
        Gauge.builder("coral.audit.broken", broken, Set::size).description("Tenants whose audit has an altered or missing entry").register(metrics);
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (works) {
            thread.start();
        }
    }

    private void watch() {
        try {
            Thread.sleep(BEFORE_THE_FIRST_ROUND);
            while (true) {
                round();
                Thread.sleep(BETWEEN_ROUNDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Verifies every tenant once; an audit that cannot be read now is left to the next round. */
    void round() throws InterruptedException {
        List<UUID> page = page(new UUID(0, 0));
        while (!page.isEmpty()) {
            for (UUID tenant : page) {
                try {
                    look(new Tenant(tenant));
                } catch (RuntimeException e) {
                    log.debug("The audit of tenant {} could not be looked through", tenant, e);
                }
            }
            page = page(page.getLast());
        }
    }

    private List<UUID> page(UUID after) {
        try {
            return auth.sql("select id from auth.users where id > ? and deleted_at is null order by id limit ?").params(after, PAGE).query(UUID.class).list();
        } catch (RuntimeException e) {
            log.debug("The round through the audits ends early", e);
            return List.of();
        }
    }

    private void look(Tenant tenant) throws InterruptedException {
        AuditChain.Piece piece = new AuditChain.Piece(0, Optional.empty(), false);
        while (!piece.isLast()) {
            long position = piece.checked();
            long began = System.nanoTime();
            piece = pieceOf(tenant, position);
            Thread.sleep(Duration.ofNanos(System.nanoTime() - began).multipliedBy(REST));
        }
        checked.increment();
        tell(tenant.id(), piece.broken());
    }

    private AuditChain.Piece pieceOf(Tenant tenant, long after) {
        AtomicReference<AuditChain.@Nullable Piece> piece = new AtomicReference<>();
        tenant.run(() -> piece.set(AuditChain.after(door, after)));
        return Objects.requireNonNull(piece.get());
    }

    private void tell(UUID tenant, Optional<Long> at) {
        if (at.isEmpty()) {
            broken.remove(tenant);
        } else if (broken.add(tenant)) {
            log.error("The audit of tenant {} is not as it was written: entry {} was altered, or one is missing there", tenant, at.get());
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        thread.interrupt();
        if (thread.getState() != Thread.State.NEW) {
            thread.join(Duration.ofSeconds(5));
        }
    }
}
