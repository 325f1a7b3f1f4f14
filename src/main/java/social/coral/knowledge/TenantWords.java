package social.coral.knowledge;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeoutImpl;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.MatchesIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import social.coral.api.Failure;
import social.coral.knowledge.TenantVectors.Narrowing;
import social.coral.tenancy.Tenant;

/** The words of one tenant's texts. {@link IndexFault} where their index does not work. */
final class TenantWords {

    /**
     * A text with what a search can be narrowed by. The text itself is not kept.
     *
     * @param language a language tag; null when it is not known
     */
    record Entry(UUID item, String text, @Nullable String language, String kind, @Nullable String author, Instant writtenAt) {}

    /** Part of a text, from {@code start} (inclusive) to {@code end} (exclusive). */
    record Span(int start, int end) {}

    /**
     * A text that was found.
     *
     * @param score of use only beside others of the same search
     * @param most whether it has most of the words that say something
     * @param words the words that were found in it, the first of them only where they are many
     */
    record Found(UUID item, float score, boolean most, List<Span> words) {}

    private static final Logger log = LoggerFactory.getLogger(TenantWords.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int MAX_LIMIT = 1000;
    private static final int MAX_SPANS = 50;
    private static final FieldType WORDS = words();

    private final TenantIndexes indexes;
    private final Tenant tenant;

    TenantWords(TenantIndexes indexes, Tenant tenant) {
        this.indexes = indexes;
        this.tenant = tenant;
    }

    private static FieldType words() {
        FieldType type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
        type.freeze();
        return type;
    }

    /** Adds texts, or replaces those of the same items. */
    void put(List<Entry> entries) {
        indexes.write(tenant, entries.size(), writer -> {
            for (Entry entry : entries) {
                try {
                    writer.updateDocument(ItemFields.term(entry.item()), document(entry, true));
                } catch (IllegalArgumentException unfit) {
                    // One text that Lucene refuses keeps nobody from finding the others.
                    log.error("The words of the text {} cannot be searched.", entry.item(), unfit);
                    writer.updateDocument(ItemFields.term(entry.item()), document(entry, false));
                }
            }
        });
    }

    private static Document document(Entry entry, boolean withWords) {
        Document document = ItemFields.document(entry.item(), entry.kind(), entry.author(), entry.writtenAt());
        if (withWords) {
            document.add(new Field(WordAnalysis.PLAIN, entry.text(), WORDS));
            String language = WordLanguages.known(entry.language());
            if (language != null) {
                document.add(new Field(WordAnalysis.stems(language), entry.text(), WORDS));
            }
        }
        return document;
    }

    void remove(Collection<UUID> items) {
        Term[] keys = items.stream().map(ItemFields::term).toArray(Term[]::new);
        indexes.write(tenant, keys.length, writer -> writer.deleteDocuments(keys));
    }

    /** The texts that fit best to what a person has typed ({@link TypedQuery}), the best first. 400 where that takes too long. */
    List<Found> search(String typed, Narrowing narrowing, int limit) {
        Optional<List<Found>> answer = indexes.use(tenant, index -> index.search(shared -> {
            IndexSearcher searcher = new IndexSearcher(shared.getIndexReader());
            searcher.setQueryCache(null);
            searcher.setTimeout(new QueryTimeoutImpl(PATIENCE.toMillis()));
            WordQuery words = WordQuery.of(typed, searcher);
            Query query = searcher.rewrite(words.query(ItemFields.filter(narrowing)));
            Weight weight = searcher.createWeight(query, ScoreMode.COMPLETE_NO_SCORES, 1);
            List<Found> found = new ArrayList<>();
            ScoreDoc[] hits = searcher.search(query, Math.min(limit, MAX_LIMIT)).scoreDocs;
            if (searcher.timedOut()) {
                return Optional.empty();
            }
            for (ScoreDoc hit : hits) {
                Matches matches = matches(searcher, weight, hit.doc);
                found.add(new Found(ItemFields.itemOf(searcher, hit.doc), hit.score, words.mostOf(matches), spans(matches)));
            }
            return Optional.of(found);
        }));
        return answer.orElseThrow(() -> Failure.invalid("q", "This search takes too long. Use fewer words, or rarer ones."));
    }

    private static @Nullable Matches matches(IndexSearcher searcher, Weight weight, int document) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
        return weight.matches(leaf, document - leaf.docBase);
    }

    private static List<Span> spans(@Nullable Matches matches) throws IOException {
        if (matches == null) {
            return List.of();
        }
        List<Span> spans = new ArrayList<>();
        for (String field : matches) {
            MatchesIterator each = matches.getMatches(field);
            while (each != null && each.next()) {
                if (each.startOffset() >= 0) {
                    spans.add(new Span(each.startOffset(), each.endOffset()));
                }
            }
        }
        return joined(spans);
    }

    /** The spans in the order of the text, those that touch or overlap as one. */
    private static List<Span> joined(List<Span> spans) {
        List<Span> joined = new ArrayList<>();
        spans.sort(Comparator.comparingInt(Span::start).thenComparingInt(Span::end));
        for (Span span : spans) {
            Span last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && span.start() <= last.end()) {
                joined.set(joined.size() - 1, new Span(last.start(), Math.max(last.end(), span.end())));
            } else if (joined.size() < MAX_SPANS) {
                joined.add(span);
            }
        }
        return joined;
    }

    long count() {
        return indexes.count(tenant);
    }

    /** The items in the order of their ids, which is PostgreSQL's, those after {@code after} only. */
    List<UUID> items(@Nullable UUID after, int limit) {
        return indexes.use(tenant, index -> index.search(searcher -> ItemFields.items(searcher, after, limit)));
    }

    /** As {@link TenantVectors#position}. */
    Position position() {
        return indexes.position(tenant, WordAnalysis.PLAIN);
    }

    /** Takes what was removed out of the files as well. */
    void expunge() {
        indexes.expunge(tenant);
    }

    /** Removes everything of the tenant, and mends an index that does not work. */
    void clear() {
        indexes.clear(tenant);
    }
}
