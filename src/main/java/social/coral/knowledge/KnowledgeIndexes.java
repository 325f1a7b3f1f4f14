package social.coral.knowledge;

import java.time.Duration;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

/** The current tenant's indexes. Several may follow the database at once in other processes; in this one, one at a time does. */
@Component
class KnowledgeIndexes {

    /** How long a search waits for what is new; what is left is done behind it. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private static final Logger log = LoggerFactory.getLogger(KnowledgeIndexes.class);

    private final WordIndex words;
    private final VectorIndex vectors;
    private final ItemRows items;
    private final VectorRows rows;
    private final TenantDoor door;
    private final ConcurrentHashMap<Tenant, ReentrantLock> followers = new ConcurrentHashMap<>();

    KnowledgeIndexes(WordIndex words, VectorIndex vectors, ItemRows items, VectorRows rows, TenantDoor door) {
        this.words = words;
        this.vectors = vectors;
        this.items = items;
        this.rows = rows;
        this.door = door;
    }

    TenantWords words() {
        return words.of(Tenant.current());
    }

    TenantVectors vectors() {
        return vectors.of(Tenant.current());
    }

    /** Removes the vectors of generations that are older or newer than these. */
    void removeBut(List<Generation> kept) {
        IntSummaryStatistics numbers = kept.stream().mapToInt(Generation::number).summaryStatistics();
        if (numbers.getCount() > 0) {
            vectors().removeBefore(numbers.getMin());
            vectors().removeAfter(numbers.getMax());
        }
    }

    FollowedIndex followedWords() {
        return new FollowedWords(words(), items);
    }

    FollowedIndex followedVectors(Generation generation) {
        TenantVectors own = vectors();
        return new FollowedVectors(own, generation.number(), own.position(generation.number()).orElseGet(() -> new StoredPosition(door, generation.number())), rows);
    }

    /** Puts what was added into the index as long as a search waits, unless another is at it. Returns whether nothing is left to put. */
    boolean followShortly(FollowedIndex index) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        return alone(PATIENCE, () -> renewed(index, () -> Follower.catchUp(index, () -> System.nanoTime() > end, () -> {})));
    }

    /** Whether an index that this process leaves to the job holds all that was put there. */
    boolean isUpToDate(FollowedIndex index) {
        return isOf(Changes.build(door), index) && !index.isAnyAfter(index.position().get());
    }

    private static boolean isOf(Optional<UUID> build, FollowedIndex index) {
        return build.isEmpty() || build.equals(index.position().build());
    }

    /** Has an index follow, which starts over if it is of another build than the one that is wanted, or damaged. */
    private boolean renewed(FollowedIndex index, BooleanSupplier following) {
        Optional<UUID> wanted = Changes.build(door);
        try {
            if (isOf(wanted, index)) {
                return following.getAsBoolean();
            }
        } catch (IndexFault fault) {
            if (!fault.isDamage() || wanted.isEmpty()) {
                throw fault;
            }
            log.warn("{} It is made anew from the database.", fault.getMessage());
        }
        index.clear();
        index.position().begin(wanted.orElseThrow());
        return following.getAsBoolean();
    }

    /** Follows as long as the caller lets it. Returns whether the index holds what the database holds. */
    boolean follow(FollowedIndex index, BooleanSupplier isOver, Runnable progress, Duration patience) {
        return alone(patience, () -> renewed(index, () -> Follower.follow(index, isOver, progress)));
    }

    /** Has one thread at a time follow for a tenant. */
    private boolean alone(Duration patience, BooleanSupplier work) {
        Tenant tenant = Tenant.current();
        ReentrantLock lock = followers.computeIfAbsent(tenant, first -> new ReentrantLock());
        try {
            if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            return work.getAsBoolean();
        } finally {
            lock.unlock();
            if (!lock.hasQueuedThreads()) {
                followers.remove(tenant, lock);
            }
        }
    }
}
