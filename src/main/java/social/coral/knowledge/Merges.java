package social.coral.knowledge;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.MergeScheduler;
import org.apache.lucene.index.MergeTrigger;
import org.apache.lucene.store.AlreadyClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges the segments of all tenants' indexes on two threads: one for small indexes and one for large ones, so that a tenant with a
 * million items keeps no other waiting.
 */
final class Merges implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Merges.class);
    private static final int LARGE = 20_000;

    private final ExecutorService small = thread("merges-small");
    private final ExecutorService large = thread("merges-large");

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
    }

    /** Merges the segments of one index. */
    final class OfOneIndex extends MergeScheduler {

        private final AtomicBoolean queued = new AtomicBoolean();
        private final AtomicInteger running = new AtomicInteger();
        private volatile int documents;

        /** Says how large the index is. */
        void size(int documents) {
            this.documents = documents;
        }

        boolean isRunning() {
            return running.get() > 0;
        }

        @Override
        public void merge(MergeSource source, MergeTrigger trigger) {
            if (source.hasPendingMerges() && queued.compareAndSet(false, true)) {
                // A merge is taken only when its turn has come, because a writer that closes waits for those that were taken.
                ExecutorService thread = documents < LARGE ? small : large;
                if (!thread.isShutdown()) {
                    thread.execute(() -> mergeAll(source));
                }
            }
        }

        private void mergeAll(MergeSource source) {
            running.incrementAndGet();
            try {
                queued.set(false);
                for (MergePolicy.OneMerge next = source.getNextMerge(); next != null; next = source.getNextMerge()) {
                    source.merge(next);
                }
            } catch (MergePolicy.MergeAbortedException | AlreadyClosedException closed) {
                log.debug("The index was closed before its merge.");
            } catch (IOException | RuntimeException e) {
                log.warn("The segments of an index were not merged: {}", e.toString());
            } finally {
                running.decrementAndGet();
            }
        }

        @Override
        public void close() {
            // The threads are shared.
        }
    }

    /** Ends the threads after the merges that are running. */
    @Override
    public void close() {
        small.shutdown();
        large.shutdown();
    }
}
