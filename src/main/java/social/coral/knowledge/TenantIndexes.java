package social.coral.knowledge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.apache.lucene.index.IndexWriterConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import social.coral.tenancy.Tenant;

/**
 * Lucene indexes of one kind, each in a folder with the tenant's id as its name. They are opened when needed, and those that were used
 * last stay open. Nobody waits for another tenant's index to open, merge or commit.
 */
final class TenantIndexes implements AutoCloseable {

    interface Use<T> {
        T of(OpenIndex index) throws IOException;
    }

    private static final Logger log = LoggerFactory.getLogger(TenantIndexes.class);
    private static final long MAX_BUFFERED = 64 << 20;
    private static final Duration COMMITTED_EVERY = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final String things;
    private final Path root;
    private final int maxOpen;
    private final Supplier<IndexWriterConfig> config;
    private final Merges merges = new Merges();
    private final ConcurrentHashMap<Tenant, Slot> slots = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final ScheduledExecutorService housekeeping;

    /** @param things what the indexes hold, such as "vectors" */
    TenantIndexes(String things, Path root, int maxOpen, Supplier<IndexWriterConfig> config) {
        this.things = things;
        this.root = root;
        this.maxOpen = maxOpen;
        this.config = config;
        housekeeping = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("index-of-" + things).factory());
        housekeeping.scheduleWithFixedDelay(this::keepHouse, COMMITTED_EVERY.toMillis(), COMMITTED_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The place of one tenant's index. The lock is held exclusively to open or close it, and shared to use it. */
    private static final class Slot {
        final Tenant tenant;
        final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        volatile @Nullable OpenIndex index;
        volatile long used = System.nanoTime();
        /** Who holds or waits for the lock; guarded by the map. */
        int users;

        Slot(Tenant tenant) {
            this.tenant = tenant;
        }
    }

    <T> T use(Tenant tenant, Use<T> use) {
        Slot slot = take(tenant);
        try {
            OpenIndex index = opened(slot);
            Throwable broken;
            try {
                return use.of(index);
            } catch (IllegalArgumentException mistaken) {
                throw mistaken;
            } catch (IOException | RuntimeException | InternalError e) {
                // The system's answer to a read beyond the end of a file that has become shorter is an InternalError.
                broken = e;
            } finally {
                slot.lock.readLock().unlock();
            }
            abandon(slot, index);
            throw fault(slot, "cannot be used", broken);
        } finally {
            give(slot);
        }
    }

    void write(Tenant tenant, int changes, OpenIndex.Writing writing) {
        use(tenant, index -> {
            index.write(changes, writing);
            if (buffered() > MAX_BUFFERED) {
                index.flush();
            }
            return true;
        });
    }

    /** How far a tenant's index follows changes of one kind. It is committed with what is in the index. */
    Position position(Tenant tenant, String kind) {
        return new NotedPosition(this, tenant, kind);
    }

    /** Counts what is in a tenant's index, and makes none where there is none. */
    long count(Tenant tenant) {
        return Files.isDirectory(folder(tenant)) ? use(tenant, index -> index.search(searcher -> (long) searcher.getIndexReader().numDocs())) : 0;
    }

    /** Removes the tenant's index with its folder, whatever is in it. */
    void clear(Tenant tenant) {
        Slot slot = take(tenant);
        slot.lock.writeLock().lock();
        try {
            abandon(slot, slot.index);
            OpenIndex.remove(folder(slot.tenant));
        } catch (IOException e) {
            throw fault(slot, "cannot be removed", e);
        } finally {
            slot.lock.writeLock().unlock();
            give(slot);
        }
    }

    /** Takes what was removed out of the files as well. */
    void expunge(Tenant tenant) {
        if (Files.isDirectory(folder(tenant))) {
            use(tenant, index -> {
                index.expunge();
                return true;
            });
        }
    }

    int open() {
        return open.get();
    }

    private long buffered() {
        return slots.values().stream().map(slot -> slot.index).mapToLong(index -> index == null ? 0 : index.buffered()).sum();
    }

    /** Opens the index if it is not open, and returns holding the shared lock. */
    private OpenIndex opened(Slot slot) {
        slot.lock.readLock().lock();
        OpenIndex index = slot.index;
        if (index != null) {
            return index;
        }
        slot.lock.readLock().unlock();
        makeRoom();
        slot.lock.writeLock().lock();
        try {
            index = slot.index;
            if (index == null) {
                index = OpenIndex.of(folder(slot.tenant), config.get(), merges.new OfOneIndex());
                slot.index = index;
                open.incrementAndGet();
            }
            slot.lock.readLock().lock();
            return index;
        } catch (IOException | RuntimeException | InternalError e) {
            throw fault(slot, "cannot be opened", e);
        } finally {
            slot.lock.writeLock().unlock();
        }
    }

    // Closing commits, which takes a while, so it is left to the housekeeping as long as that keeps up.
    private void makeRoom() {
        if (open.get() >= 2 * maxOpen) {
            closeSome();
        } else if (open.get() >= maxOpen && !housekeeping.isShutdown()) {
            housekeeping.execute(this::closeSome);
        }
    }

    private void closeSome() {
        while (open.get() >= maxOpen) {
            Optional<Slot> least = slots.values().stream().filter(TenantIndexes::canClose).min(Comparator.comparingLong(slot -> slot.used));
            if (least.isEmpty() || !close(least.get())) {
                return;
            }
        }
    }

    // An index that is merging could only be closed after that.
    private static boolean canClose(Slot slot) {
        OpenIndex index = slot.index;
        return index != null && slot.users == 0 && !index.isMerging();
    }

    private boolean close(Slot candidate) {
        Slot slot = take(candidate.tenant);
        try {
            if (!slot.lock.writeLock().tryLock()) {
                return false;
            }
            try {
                commit(slot);
                abandon(slot, slot.index);
                return true;
            } finally {
                slot.lock.writeLock().unlock();
            }
        } finally {
            give(slot);
        }
    }

    /** Closes an index, without what is not committed, unless another has taken its place. */
    private void abandon(Slot slot, @Nullable OpenIndex index) {
        slot.lock.writeLock().lock();
        try {
            if (index != null && slot.index == index) {
                slot.index = null;
                open.decrementAndGet();
                index.discard();
            }
        } catch (IOException | RuntimeException | InternalError e) {
            log.warn("The index of {} in {} was not closed properly: {}", things, folder(slot.tenant), e.toString());
        } finally {
            slot.lock.writeLock().unlock();
        }
    }

    private void keepHouse() {
        long now = System.nanoTime();
        for (Slot slot : slots.values()) {
            if (canClose(slot) && now - slot.used > IDLE.toNanos()) {
                close(slot);
            } else {
                commit(slot);
            }
        }
    }

    private void commit(Slot slot) {
        if (slot.lock.readLock().tryLock()) {
            OpenIndex index = slot.index;
            try {
                if (index != null && index.hasUncommitted()) {
                    index.commit();
                }
            } catch (IOException | RuntimeException | InternalError e) {
                log.warn("The index of {} in {} was not committed: {}", things, folder(slot.tenant), e.toString());
            } finally {
                slot.lock.readLock().unlock();
            }
        }
    }

    private Slot take(Tenant tenant) {
        return slots.compute(tenant, (key, present) -> {
            Slot slot = present == null ? new Slot(key) : present;
            slot.users++;
            slot.used = System.nanoTime();
            return slot;
        });
    }

    private void give(Slot taken) {
        slots.computeIfPresent(taken.tenant, (key, slot) -> {
            slot.users--;
            return slot.users == 0 && slot.index == null ? null : slot;
        });
    }

    private Path folder(Tenant tenant) {
        return root.resolve(tenant.id().toString());
    }

    private IndexFault fault(Slot slot, String what, Throwable cause) {
        return new IndexFault("The index of " + things + " in " + folder(slot.tenant) + " " + what + " (" + cause + ").", cause);
    }

    /** Commits and closes them all. Those that are merging are only committed, because the process need not wait for them. */
    @Override
    public void close() {
        housekeeping.close();
        merges.close();
        for (Slot slot : slots.values()) {
            if (canClose(slot)) {
                close(slot);
            } else {
                commit(slot);
            }
        }
    }
}
