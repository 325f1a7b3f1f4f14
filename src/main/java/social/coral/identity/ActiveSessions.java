package social.coral.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import social.coral.tenancy.Tenant;

/**
 * The sessions that were active within the last two seconds. Those in use are looked up again together, once a second, so that a busy
 * session costs the database no lookup of its own.
 */
final class ActiveSessions implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ActiveSessions.class);
    private static final Duration TRUSTED = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKUPS = Duration.ofSeconds(1);

    /** A session of a tenant: knowing its id is not enough. */
    private record Key(Tenant tenant, UUID session) {

        static Key of(SignedInPerson person) {
            return new Key(person.tenant(), person.sessionId());
        }
    }

    private static final class Seen {

        private final SignedInPerson person;
        private volatile boolean used;

        private Seen(SignedInPerson person, boolean used) {
            this.person = person;
            this.used = used;
        }
    }

    private final Function<Collection<UUID>, List<SignedInPerson>> lookup;
    private final AtomicLong endings = new AtomicLong();
    private final Cache<Key, Seen> seen = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(TRUSTED).build();
    private final Thread thread = Thread.ofVirtual().name("active sessions").unstarted(this::keepLookingUp);

    /** @param lookup finds those of these sessions that are alive */
    ActiveSessions(Function<Collection<UUID>, List<SignedInPerson>> lookup) {
        this.lookup = lookup;
    }

    void start() {
        thread.start();
    }

    private void keepLookingUp() {
        try {
            while (true) {
                Thread.sleep(BETWEEN_LOOKUPS);
                try {
                    lookUpThoseInUse();
                } catch (RuntimeException e) {
                    // Each request then looks for its own session and is told what is wrong.
                    log.debug("The sessions in use could not be looked up", e);
                }
            }
        } catch (InterruptedException e) {
            // The process ends.
        }
    }

    Optional<SignedInPerson> find(UUID sessionId, UUID personId) {
        Key key = new Key(new Tenant(personId), sessionId);
        Seen known = seen.getIfPresent(key);
        if (known == null) {
            return lookUp(Set.of(key), true).stream().findFirst();
        }
        if (!known.used) {
            known.used = true;
        }
        return Optional.of(known.person);
    }

    /** Those that nobody used since the last time are left to expire. */
    void lookUpThoseInUse() {
        Set<Key> used = seen.asMap().entrySet().stream().filter(entry -> entry.getValue().used).map(Map.Entry::getKey).collect(Collectors.toSet());
        if (!used.isEmpty()) {
            lookUp(used, false);
        }
    }

    private List<SignedInPerson> lookUp(Set<Key> keys, boolean used) {
        long before = endings.get();
        long begun = System.nanoTime();
        List<SignedInPerson> alive = lookup.apply(keys.stream().map(Key::session).toList()).stream().filter(person -> keys.contains(Key.of(person))).toList();
        Set<Key> gone = new HashSet<>(keys);
        for (SignedInPerson person : alive) {
            gone.remove(Key.of(person));
            seen.put(Key.of(person), new Seen(person, used));
        }
        seen.invalidateAll(gone);
        if (before != endings.get() || System.nanoTime() - begun > BETWEEN_LOOKUPS.toNanos()) {
            // They may have ended after they were read.
            seen.invalidateAll(keys);
        }
        return alive;
    }

    /** Forgets all of them, because one has ended. */
    void forget() {
        endings.incrementAndGet();
        seen.invalidateAll();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
