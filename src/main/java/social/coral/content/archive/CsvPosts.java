package social.coral.content.archive;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Posts in CSV (RFC 4180; a semicolon or a tab may stand for the comma), whose header line names the columns. */
final class CsvPosts {

    private static final int MAX_RECORD_LENGTH = 1_000_000;

    private CsvPosts() {}

    /** Reports whether the text begins with a header line that names at least the columns for id and text. */
    static boolean isHeader(String head) {
        List<PostField> known = columns(firstRecord(head)).stream().filter(name -> name != null).map(PostField.Name::field).toList();
        return known.contains(PostField.ID) && known.contains(PostField.TEXT);
    }

    /** Reports whether the first line has several columns, whatever their names. */
    static boolean looksLikeTable(String head) {
        return head.chars().noneMatch(c -> c == 0 || c == 0xFFFD) && firstRecord(head).size() > 1;
    }

    private static List<String> firstRecord(String head) {
        String line = head.lines().findFirst().orElse("");
        try (CSVParser csv = CSVParser.parse(new StringReader(line), format(line))) {
            Iterator<CSVRecord> records = csv.iterator();
            return records.hasNext() ? records.next().toList() : List.of();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static List<PostField.@Nullable Name> columns(List<String> header) {
        List<PostField.@Nullable Name> columns = new ArrayList<>();
        header.forEach(name -> columns.add(PostField.named(name)));
        return columns;
    }

    static void read(Reader text, String head, @Nullable String file, PostSink sink) throws BrokenFile, IOException {
        OneRecord bounded = new OneRecord(text);
        long line = 1;
        try (CSVParser csv = CSVParser.parse(bounded, format(head.lines().findFirst().orElse("")))) {
            Iterator<CSVRecord> records = csv.iterator();
            List<PostField.@Nullable Name> columns = columns(records.next().toList());
            line = csv.getCurrentLineNumber() + 1;
            while (records.hasNext()) {
                sink.post(post(records.next(), columns, new Place(file, line, null)));
                line = csv.getCurrentLineNumber() + 1;
                bounded.next();
            }
        } catch (UncheckedIOException e) {
            Place place = new Place(file, line, null);
            throw switch (e.getCause()) {
                case CSVException invalid -> notCsv(place, invalid);
                case EndlessRecord endless -> notCsv(place, endless);
                case null -> notCsv(place, e);
                default -> BrokenFile.at(place, e.getCause());
            };
        }
    }

    private static BrokenFile notCsv(Place place, Exception e) {
        return new BrokenFile(place, "is not valid CSV; perhaps a quote is not closed", e);
    }

    private static PostRow post(CSVRecord row, List<PostField.@Nullable Name> columns, Place place) {
        PostRow.Builder post = new PostRow.Builder();
        for (int i = 0; i < Math.min(row.size(), columns.size()); i++) {
            PostField.Name name = columns.get(i);
            if (name != null) {
                post.add(name, row.get(i));
            }
        }
        return post.at(place);
    }

    private static CSVFormat format(String header) {
        char delimiter = ',';
        for (char other : new char[] {';', '\t'}) {
            if (header.chars().filter(c -> c == other).count() > header.chars().filter(c -> c == ',').count()) {
                delimiter = other;
            }
        }
        return CSVFormat.RFC4180.builder().setDelimiter(delimiter).setIgnoreEmptyLines(true).setTrailingData(true).get();
    }

    private static final class EndlessRecord extends IOException {}

    /** Stops an endless record, such as an unclosed quote makes, before it fills the memory. */
    private static final class OneRecord extends FilterReader {

        private int length;

        OneRecord(Reader in) {
            super(in);
        }

        void next() {
            length = 0;
        }

        @Override
        public int read(char[] buffer, int offset, int most) throws IOException {
            int read = super.read(buffer, offset, most);
            length += Math.max(0, read);
            if (length > MAX_RECORD_LENGTH) {
                throw new EndlessRecord();
            }
            return read;
        }

        @Override
        public void close() {
            // The stream belongs to the upload, and more of it may follow.
        }
    }
}
