package social.coral.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** Lucene as its documentation shows it: an index that is opened once and asked for the nearest vectors, without tenants. */
final class PlainLucene implements AutoCloseable {

    private static final String VECTOR = "vector";
    private static final String NUMBER = "number";
    /** The part with the vectors as they were given, of which little is read. */
    private static final String AS_GIVEN = "vec";
    private static final double BUFFER_MB = 64;

    private final Directory directory;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final String field;

    private PlainLucene(Directory directory) throws IOException {
        this.directory = directory;
        reader = DirectoryReader.open(directory);
        searcher = new IndexSearcher(reader);
        field = vectorField(reader).name;
    }

    private static FieldInfo vectorField(DirectoryReader reader) {
        for (FieldInfo info : FieldInfos.getMergedFieldInfos(reader)) {
            if (info.hasVectorValues()) {
                return info;
            }
        }
        throw new IllegalStateException("the index has no vectors");
    }

    /** Fills an index with Lucene's own settings, but for a larger buffer that makes it faster to fill. */
    static PlainLucene filled(Path folder, List<float[]> vectors) {
        try {
            try (Directory directory = FSDirectory.open(folder);
                    IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(null).setRAMBufferSizeMB(BUFFER_MB))) {
                for (int number = 0; number < vectors.size(); number++) {
                    Document document = new Document();
                    document.add(new NumericDocValuesField(NUMBER, number));
                    document.add(new KnnFloatVectorField(VECTOR, vectors.get(number), VectorSimilarityFunction.DOT_PRODUCT));
                    writer.addDocument(document);
                }
            }
            return of(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens an index that another has filled. */
    static PlainLucene of(Path folder) throws IOException {
        return new PlainLucene(FSDirectory.open(folder));
    }

    ScoreDoc[] search(float[] vector, int candidates, int limit) {
        try {
            return searcher.search(new KnnFloatVectorQuery(field, vector, candidates), limit).scoreDocs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Integer> numbers(ScoreDoc[] hits) {
        List<Integer> numbers = new ArrayList<>();
        try {
            for (ScoreDoc hit : hits) {
                LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(hit.doc, reader.leaves()));
                NumericDocValues values = DocValues.getNumeric(leaf.reader(), NUMBER);
                values.advanceExact(hit.doc - leaf.docBase);
                numbers.add((int) values.longValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return numbers;
    }

    /** The bytes of a vector that the system keeps in memory as long as it is searched, without the vector as it was given. */
    long bytesInMemory() throws IOException {
        long bytes = 0;
        for (LeafReaderContext leaf : reader.leaves()) {
            KnnVectorsReader vectors = ((CodecReader) leaf.reader()).getVectorReader();
            FieldInfo info = leaf.reader().getFieldInfos().fieldInfo(field);
            if (vectors != null && info != null) {
                bytes += vectors.getOffHeapByteSize(info).entrySet().stream()
                        .filter(part -> !part.getKey().equals(AS_GIVEN)).mapToLong(Map.Entry::getValue).sum();
            }
        }
        return bytes;
    }

    int segments() {
        return reader.leaves().size();
    }

    @Override
    public void close() throws IOException {
        reader.close();
        directory.close();
    }
}
