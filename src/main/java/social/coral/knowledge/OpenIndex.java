package social.coral.knowledge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/** A tenant's open index. What was written is found by the next search, and survives a crash after the next commit. */
final class OpenIndex {

    interface Writing {
        void to(IndexWriter writer) throws IOException;
    }

    interface Searching<T> {
        T with(IndexSearcher searcher) throws IOException;
    }

    private static final int MAX_UNCOMMITTED = 10_000;
    /** Less than the vectors from which on a segment gets a graph, so that graphs are built by merges and nobody who writes waits for one. */
    private static final double BUFFER_MB = 6;
    /** Merging such a segment builds a graph that takes some 80 MB of memory. */
    private static final double MAX_SEGMENT_MB = 512;

    private final Directory directory;
    private final Merges.OfOneIndex merges;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final AtomicInteger uncommitted = new AtomicInteger();
    private final Map<String, String> notes = new ConcurrentHashMap<>();

    private OpenIndex(Directory directory, Merges.OfOneIndex merges, IndexWriter writer) throws IOException {
        this.directory = directory;
        this.merges = merges;
        this.writer = writer;
        this.searchers = new SearcherManager(writer, new WithoutCache());
        if (writer.getLiveCommitData() != null) {
            writer.getLiveCommitData().forEach(note -> notes.put(note.getKey(), note.getValue()));
        }
    }

    static OpenIndex of(Path folder, IndexWriterConfig config, Merges.OfOneIndex merges) throws IOException {
        Directory directory = FSDirectory.open(folder);
        try {
            TieredMergePolicy policy = new TieredMergePolicy();
            policy.setMaxMergedSegmentMB(MAX_SEGMENT_MB);
            policy.setForceMergeDeletesPctAllowed(0);
            IndexWriter writer = new IndexWriter(directory, config.setRAMBufferSizeMB(BUFFER_MB).setMergePolicy(policy).setMergeScheduler(merges));
            try {
                return new OpenIndex(directory, merges, writer);
            } catch (IOException | RuntimeException e) {
                writer.rollback();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Lucene's cache of what queries find is one for all tenants. */
    private static final class WithoutCache extends SearcherFactory {
        @Override
        public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null);
            return searcher;
        }
    }

    /** @param changes how many documents it adds or removes, about */
    void write(int changes, Writing writing) throws IOException {
        merges.size(writer.getDocStats().maxDoc);
        writing.to(writer);
        if (uncommitted.addAndGet(changes) >= MAX_UNCOMMITTED) {
            commit();
        }
    }

    <T> T search(Searching<T> searching) throws IOException {
        searchers.maybeRefreshBlocking();
        IndexSearcher searcher = searchers.acquire();
        try {
            return searching.with(searcher);
        } finally {
            searchers.release(searcher);
        }
    }

    /** What was noted under a name, which is committed with what is in the index. */
    Optional<String> noted(String name) {
        return Optional.ofNullable(notes.get(name));
    }

    void note(String name, String said) {
        notes.put(name, said);
        writer.setLiveCommitData(Map.copyOf(notes).entrySet());
    }

    void commit() throws IOException {
        int before = uncommitted.get();
        writer.commit();
        uncommitted.addAndGet(-before);
    }

    /** Rewrites the files that still have what was removed, and releases the old ones. */
    void expunge() throws IOException {
        writer.forceMergeDeletes();
        commit();
    }

    boolean hasUncommitted() {
        return writer.isOpen() ? writer.hasUncommittedChanges() : uncommitted.get() > 0;
    }

    long buffered() {
        return writer.isOpen() ? writer.ramBytesUsed() : 0;
    }

    void flush() throws IOException {
        writer.flush();
    }

    boolean isMerging() {
        return merges.isRunning();
    }

    /** Closes it without what was not committed, and without waiting for merges that have not begun. */
    void discard() throws IOException {
        try (directory; searchers) {
            writer.rollback();
        }
    }

    /** Removes the folder of an index that is not open, whatever is in it. */
    static void remove(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
