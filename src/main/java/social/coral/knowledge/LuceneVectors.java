package social.coral.knowledge;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.RescoreTopNQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.VectorUtil;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;
import org.jspecify.annotations.Nullable;
import social.coral.tenancy.Tenant;

/**
 * The vectors in the process: an index for each tenant, in it a graph for each generation, over vectors of a byte for each number. What
 * the graph finds is compared once more by the vectors themselves.
 */
final class LuceneVectors implements VectorIndex, AutoCloseable {

    private static final String POINT = "point";
    private static final String GENERATION = "generation";

    private static final int CONNECTIONS = 16;
    private static final int BREADTH = 100;
    /** Below some 4,000 vectors comparing with each is as fast as a graph, which need not be built then. */
    private static final int VISITED_WITHOUT_GRAPH = 500;
    private static final int MAX_WIDTH = 4096;

    private static final int MAX_LIMIT = 1000;
    private static final int MIN_CANDIDATES = 100;

    private final TenantIndexes indexes;

    LuceneVectors(Path folder, int maxOpen) {
        indexes = new TenantIndexes("vectors", folder, maxOpen, LuceneVectors::config);
    }

    private static IndexWriterConfig config() {
        return new IndexWriterConfig(null).setCodec(new Lucene104Codec() {
            @Override
            public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return new WideVectors();
            }
        });
    }

    /** Lucene's format, for wider vectors than it takes by default. It is read as Lucene's own. */
    private static final class WideVectors extends Lucene104HnswScalarQuantizedVectorsFormat {

        WideVectors() {
            super(ScalarEncoding.UNSIGNED_BYTE, CONNECTIONS, BREADTH, 1, null, VISITED_WITHOUT_GRAPH);
        }

        @Override
        public int getMaxDimensions(String field) {
            return MAX_WIDTH;
        }
    }

    @Override
    public TenantVectors of(Tenant tenant) {
        return new OneTenants(tenant);
    }

    @Override
    public void close() {
        indexes.close();
    }

    private static String vector(int generation) {
        return "vector." + generation;
    }

    private static byte[] prefix(int generation) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(generation).array();
    }

    private static float[] normalized(float[] vector) {
        return VectorUtil.l2normalize(VectorUtil.checkFinite(vector.clone()));
    }

    private final class OneTenants implements TenantVectors {

        private final Tenant tenant;

        OneTenants(Tenant tenant) {
            this.tenant = tenant;
        }

        @Override
        public void put(List<Point> points) {
            indexes.write(tenant, points.size(), writer -> {
                for (Point point : points) {
                    Term key = new Term(POINT, ItemFields.joined(prefix(point.generation()), point.item()));
                    Document document = ItemFields.document(point.item(), point.kind(), point.author(), point.writtenAt());
                    document.add(new StringField(POINT, key.bytes(), Field.Store.NO));
                    document.add(new IntPoint(GENERATION, point.generation()));
                    document.add(new KnnFloatVectorField(vector(point.generation()), normalized(point.vector()), VectorSimilarityFunction.DOT_PRODUCT));
                    writer.updateDocument(key, document);
                }
            });
        }

        @Override
        public void remove(Collection<UUID> items) {
            Term[] keys = items.stream().map(ItemFields::term).toArray(Term[]::new);
            indexes.write(tenant, keys.length, writer -> writer.deleteDocuments(keys));
        }

        @Override
        public void removeBefore(int generation) {
            removeGenerations(Integer.MIN_VALUE, Math.decrementExact(generation));
        }

        @Override
        public void removeAfter(int generation) {
            if (generation < Integer.MAX_VALUE) {
                removeGenerations(generation + 1, Integer.MAX_VALUE);
            }
        }

        private void removeGenerations(int first, int last) {
            Query range = IntPoint.newRangeQuery(GENERATION, first, last);
            indexes.write(tenant, 1, writer -> writer.deleteDocuments(range));
        }

        @Override
        public List<Hit> nearest(int generation, float[] vector, Narrowing narrowing, int limit) {
            float[] target = normalized(vector);
            int count = Math.min(limit, MAX_LIMIT);
            int candidates = Math.max(2 * count, MIN_CANDIDATES);
            String field = vector(generation);
            Query near = new KnnFloatVectorQuery(field, target, candidates, ItemFields.filter(narrowing));
            return indexes.use(tenant, index -> index.search(searcher -> {
                List<Hit> hits = new ArrayList<>();
                Query found = searcher.rewrite(near);
                // Lucene's rescoring fails where there is nothing to rescore.
                if (!(found instanceof MatchNoDocsQuery)) {
                    Query exact = RescoreTopNQuery.createFullPrecisionRescorerQuery(found, target, field, candidates);
                    for (ScoreDoc hit : searcher.search(exact, count).scoreDocs) {
                        hits.add(new Hit(ItemFields.itemOf(searcher, hit.doc), 2 * hit.score - 1));
                    }
                }
                return hits;
            }));
        }

        @Override
        public long count(int generation) {
            return indexes.use(tenant, index -> index.search(searcher -> (long) searcher.count(IntPoint.newExactQuery(GENERATION, generation))));
        }

        @Override
        public long count() {
            return indexes.count(tenant);
        }

        @Override
        public List<UUID> items(int generation, @Nullable UUID after, int limit) {
            return indexes.use(tenant, index -> index.search(searcher -> ItemFields.items(searcher, POINT, prefix(generation), after, limit)));
        }

        @Override
        public Optional<Position> position(int generation) {
            return Optional.of(indexes.position(tenant, vector(generation)));
        }

        @Override
        public void expunge() {
            indexes.expunge(tenant);
        }

        @Override
        public void clear() {
            indexes.clear(tenant);
        }
    }
}
