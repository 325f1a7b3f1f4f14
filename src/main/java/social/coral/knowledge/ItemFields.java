package social.coral.knowledge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import social.coral.knowledge.TenantVectors.Narrowing;

/** What a document has in every index: its item, and what a search is narrowed by. */
final class ItemFields {

    private static final String ITEM = "item";
    private static final String KIND = "kind";
    private static final String AUTHOR = "author";
    private static final String WRITTEN = "written";

    private static final int UUID_BYTES = 16;
    private static final int NANOS_IN_MICRO = 1000;
    private static final long MICROS_IN_SECOND = 1_000_000;
    private static final long MAX_SECONDS = Long.MAX_VALUE / MICROS_IN_SECOND - 1;

    private ItemFields() {}

    static Document document(UUID item, String kind, @Nullable String author, Instant writtenAt) {
        Document document = new Document();
        document.add(new StringField(ITEM, bytes(item), Field.Store.NO));
        document.add(new BinaryDocValuesField(ITEM, bytes(item)));
        document.add(new StringField(KIND, kind, Field.Store.NO));
        if (author != null) {
            document.add(new StringField(AUTHOR, author, Field.Store.NO));
        }
        document.add(new LongPoint(WRITTEN, micros(writtenAt)));
        return document;
    }

    static Term term(UUID item) {
        return new Term(ITEM, bytes(item));
    }

    static @Nullable Query filter(Narrowing narrowing) {
        BooleanQuery.Builder filter = new BooleanQuery.Builder();
        if (narrowing.kind() != null) {
            filter.add(new TermQuery(new Term(KIND, narrowing.kind())), BooleanClause.Occur.FILTER);
        }
        if (narrowing.author() != null) {
            filter.add(new TermQuery(new Term(AUTHOR, narrowing.author())), BooleanClause.Occur.FILTER);
        }
        if (narrowing.from() != null || narrowing.to() != null) {
            long from = narrowing.from() == null ? Long.MIN_VALUE : micros(narrowing.from());
            long to = narrowing.to() == null ? Long.MAX_VALUE : micros(narrowing.to()) - 1;
            filter.add(LongPoint.newRangeQuery(WRITTEN, from, to), BooleanClause.Occur.FILTER);
        }
        BooleanQuery all = filter.build();
        return all.clauses().isEmpty() ? null : all;
    }

    // The database's times are whole microseconds. Part of one more belongs to the next, at both ends of a range.
    private static long micros(Instant time) {
        long seconds = Math.clamp(time.getEpochSecond(), -MAX_SECONDS, MAX_SECONDS);
        return seconds * MICROS_IN_SECOND + (time.getNano() + NANOS_IN_MICRO - 1) / NANOS_IN_MICRO;
    }

    /** The item of a document that a search has found. */
    static UUID itemOf(IndexSearcher searcher, int document) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
        BinaryDocValues items = DocValues.getBinary(leaf.reader(), ITEM);
        if (!items.advanceExact(document - leaf.docBase)) {
            throw new IOException("A document has no item.");
        }
        return item(items.binaryValue());
    }

    /** The items in the order of their ids, which is that of their bytes. */
    static List<UUID> items(IndexSearcher searcher, @Nullable UUID after, int limit) throws IOException {
        return items(searcher, ITEM, new byte[0], after, limit);
    }

    /** The items whose terms in a field are a prefix with the item's bytes behind it. */
    static List<UUID> items(IndexSearcher searcher, String field, byte[] prefix, @Nullable UUID after, int limit) throws IOException {
        TreeSet<BytesRef> first = new TreeSet<>();
        BytesRef start = after == null ? new BytesRef(prefix) : joined(prefix, after);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            collect(leaf.reader(), field, prefix, start, after == null, limit, first);
        }
        return first.stream().map(term -> item(new BytesRef(term.bytes, term.offset + prefix.length, UUID_BYTES))).toList();
    }

    private static void collect(LeafReader reader, String field, byte[] prefix, BytesRef start, boolean inclusive, int limit, TreeSet<BytesRef> first)
            throws IOException {
        Terms terms = reader.terms(field);
        TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
        if (each.seekCeil(start) == TermsEnum.SeekStatus.END) {
            return;
        }
        for (BytesRef term = each.term(); term != null && startsWith(term, prefix); term = each.next()) {
            if (first.size() >= limit && term.compareTo(first.last()) >= 0) {
                return;
            }
            if ((inclusive || !term.equals(start)) && isLive(each, reader.getLiveDocs())) {
                first.add(BytesRef.deepCopyOf(term));
                if (first.size() > limit) {
                    first.pollLast();
                }
            }
        }
    }

    private static boolean startsWith(BytesRef term, byte[] prefix) {
        return term.length >= prefix.length
                && Arrays.equals(term.bytes, term.offset, term.offset + prefix.length, prefix, 0, prefix.length);
    }

    private static boolean isLive(TermsEnum term, @Nullable Bits live) throws IOException {
        if (live == null) {
            return true;
        }
        PostingsEnum documents = term.postings(null, PostingsEnum.NONE);
        for (int document = documents.nextDoc(); document != PostingsEnum.NO_MORE_DOCS; document = documents.nextDoc()) {
            if (live.get(document)) {
                return true;
            }
        }
        return false;
    }

    static BytesRef joined(byte[] prefix, UUID item) {
        ByteBuffer bytes = ByteBuffer.allocate(prefix.length + UUID_BYTES).put(prefix);
        return new BytesRef(bytes.putLong(item.getMostSignificantBits()).putLong(item.getLeastSignificantBits()).array());
    }

    private static BytesRef bytes(UUID item) {
        return joined(new byte[0], item);
    }

    private static UUID item(BytesRef bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes.bytes, bytes.offset, UUID_BYTES);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
