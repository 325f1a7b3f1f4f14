package social.coral.knowledge;

import java.nio.file.Path;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import social.coral.tenancy.Tenant;

/** Finds texts by their words, in an index for each tenant. As {@link VectorIndex} it is derived from the database. */
final class WordIndex implements AutoCloseable {

    /** A question of the most words, each in the forms of all languages, and once more as a phrase. */
    private static final int MAX_CLAUSES = 8_192;

    static {
        IndexSearcher.setMaxClauseCount(MAX_CLAUSES);
    }

    private final TenantIndexes indexes;

    WordIndex(Path folder, int maxOpen) {
        indexes = new TenantIndexes("words", folder, maxOpen, () -> new IndexWriterConfig(WordAnalysis.OF_TEXTS));
    }

    /** The words of one tenant, and the only way to any. */
    TenantWords of(Tenant tenant) {
        return new TenantWords(indexes, tenant);
    }

    @Override
    public void close() {
        indexes.close();
    }
}
