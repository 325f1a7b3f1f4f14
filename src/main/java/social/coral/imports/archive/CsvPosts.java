package social.coral.imports.archive;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.PostRow.Kind;
import social.coral.imports.archive.PostRow.Values;

/** Posts in tables, whose header line names the columns. What could be read in two ways is refused. */
final class CsvPosts {

    private static final int MAX_NAMED = 20;
    private static final int MAX_IN_A_SENTENCE = 4;
    /** Names of columns that only the tables have which X itself writes: its analytics, and the archives of 2012 to 2018. */
    private static final List<String> TABLES_OF_X = List.of("posttext", "tweettext", "retweetedstatustimestamp");
    /** Those, and names that programs make of X's objects. */
    private static final List<String> MARKS_OF_X = Stream.concat(Stream.concat(TABLES_OF_X.stream(), Stream.of("rtsource")),
            JsonRow.MARKS_OF_X.stream().map(PostField::letters)).toList();
    private static final List<String> OBJECTS_OF_X = List.of("entities", "publicmetrics", "referencedtweets");
    /** What programs write for a text or a name that they have not. */
    private static final Set<String> NO_TEXT = Set.of("nan", "NaN", "NULL", "None", "NA", "<NA>");
    private static final Pattern SPACE_BEFORE_QUOTE = Pattern.compile("\\s+\".*", Pattern.DOTALL);
    /** The rest of a text, where a count should be. */
    private static final Pattern REST_OF_TEXT = Pattern.compile("\\s+\\p{L}.*", Pattern.DOTALL);
    private static final Set<PostField> COUNTS = EnumSet.of(PostField.LIKES, PostField.RETWEETS, PostField.REPLIES);
    private static final Pattern ESCAPES = Pattern.compile("\\\\[nrtbfv\\\\]|\\\\$");

    private final List<PostField.@Nullable Name> columns;
    private final int length;
    private final boolean ofX;
    private final CsvDialect dialect;
    /** A line of a text that begins as the rows of posts do. */
    private final Pattern rowInside;

    private CsvPosts(List<String> header, CsvDialect dialect) throws UnreadableFile {
        this.ofX = header.stream().anyMatch(CsvPosts::isMarkOfX);
        this.columns = columns(header, ofX);
        this.length = named(header);
        this.dialect = dialect;
        this.rowInside = Pattern.compile("(?m)^\"?[0-9]{15,20}\"?" + Pattern.quote(String.valueOf(dialect.delimiter())));
    }

    /** @param head the beginning of the text; all of it if it is shorter than the most that can be the beginning */
    static void read(Reader text, String head, boolean isWhole, @Nullable String file, PostSink sink) throws BrokenFile, UnreadableFile, IOException {
        CsvDialect dialect = CsvDialect.of(head, isWhole);
        text.skip(dialect.offset());
        long skipped = head.substring(0, dialect.offset()).chars().filter(c -> c == '\n').count();
        String headerLine = head.substring(dialect.offset()).lines().findFirst().orElse("");
        if (!isWhole && headerLine.length() == head.length() - dialect.offset()) {
            throw UnreadableFile.format("The first line is too long for a header line.");
        }
        List<String> header = firstRecord(head.substring(dialect.offset()), dialect);
        refuseOther(head, header);
        CsvHeader.demandDelimiterOfRows(head.substring(dialect.offset()), header.size(), dialect.delimiter());
        new CsvPosts(header, dialect).readRows(text, skipped, file, sink, header);
    }

    /** Returns how many columns there are up to the last with a name. */
    private static int named(List<String> header) {
        int length = header.size();
        while (length > 0 && header.get(length - 1).isBlank()) {
            length--;
        }
        return length;
    }

    private static List<String> firstRecord(String table, CsvDialect dialect) {
        try (CSVParser csv = CSVParser.parse(new StringReader(table), dialect.format())) {
            Iterator<CSVRecord> records = csv.iterator();
            return records.hasNext() ? records.next().toList() : List.of();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static void refuseOther(String head, List<String> header) throws UnreadableFile {
        boolean text = head.chars().noneMatch(c -> c == 0 || c == PostRow.UNREADABLE);
        List<PostField> known = header.stream().map(PostField::named).filter(name -> name != null).map(PostField.Name::field).toList();
        if (head.lines().filter(line -> !line.isBlank()).skip(1).findFirst().filter(line -> line.matches("[|\\s:-]{3,200}")).isPresent()) {
            throw UnreadableFile.format("This is a table in Markdown. Save it as CSV.");
        }
        ForeignTable.refuse(header, known.contains(PostField.TEXT) && known.contains(PostField.CREATED_AT));
        String otherHeader = known.contains(PostField.TEXT) && header.size() > 1 ? null : CsvHeader.elsewhere(head);
        if (text && otherHeader != null) {
            throw UnreadableFile.content(otherHeader);
        }
        if (text && header.size() > 1 && !known.contains(PostField.TEXT) && CsvHeader.isMissing(header)) {
            throw UnreadableFile.content("The first line looks like a post. Put a header line above it, such as id,text,created_at.");
        }
        if (text && header.size() > 1 && !known.contains(PostField.TEXT)) {
            throw UnreadableFile.unknown("None of the columns " + some(header) + " holds the text of posts. Name the columns id, text and created_at, "
                    + "and separate them with commas, semicolons, tabs or vertical bars.");
        }
        if (!known.contains(PostField.TEXT) || header.size() == 1) {
            throw UnreadableFile.unknown("This file cannot be read.");
        }
        if (!known.contains(PostField.CREATED_AT)) {
            throw UnreadableFile.format("Which of the columns " + some(header) + " holds the time? Rename it to created_at.");
        }
    }

    private static List<PostField.@Nullable Name> columns(List<String> header, boolean ofX) throws UnreadableFile {
        List<PostField.@Nullable Name> columns = new ArrayList<>();
        Map<PostField, String> taken = new EnumMap<>(PostField.class);
        for (String title : header) {
            PostField.Name name = PostField.named(title);
            columns.add(name);
            String other = name == null ? null : taken.put(name.field(), title);
            // X writes some fields twice, of which the better is known.
            if (name != null && other != null && !ofX && !name.field().classifiesRow()) {
                String both = other.strip().equals(title.strip()) ? "Two columns are named “%s”. Delete or rename one.".formatted(cut(title))
                        : "The columns “%s” and “%s” could both be the %s. Delete or rename the one that is not.".formatted(cut(other), cut(title), name.field().words());
                throw UnreadableFile.content(name.field() == PostField.CREATED_AT ? both + " If one is the day and the other the time, put both into one column." : both);
            }
        }
        return columns;
    }

    private static boolean isMarkOfX(String title) {
        String name = PostField.letters(title);
        return MARKS_OF_X.contains(name) || OBJECTS_OF_X.stream().anyMatch(name::startsWith);
    }

    private static String cut(String title) {
        return title.strip().substring(0, Math.min(title.strip().length(), 40));
    }

    private void readRows(Reader text, long skipped, @Nullable String file, PostSink sink, List<String> header)
            throws BrokenFile, IOException {
        noteUnread(header, Place.line(file, skipped + 1), sink);
        RecordReader bounded = new RecordReader(text, dialect.delimiter());
        long line = skipped + 1;
        try (CSVParser csv = CSVParser.parse(bounded, dialect.format())) {
            Iterator<CSVRecord> records = csv.iterator();
            records.next();
            line = skipped + csv.getCurrentLineNumber() + 1;
            bounded.next();
            if (!records.hasNext()) {
                sink.note(Place.of(file), "This file has a header line, but no rows.");
            }
            while (records.hasNext()) {
                CSVRecord row = records.next();
                take(row, Place.line(file, skipped + firstLine(csv, row)), sink);
                line = skipped + csv.getCurrentLineNumber() + 1;
                bounded.next();
            }
        } catch (UncheckedIOException e) {
            Place place = Place.line(file, line);
            throw switch (e.getCause()) {
                case CSVException invalid -> notCsv(place, invalid);
                case RecordReader.TooLong endless -> notCsv(place, endless);
                case null -> notCsv(place, e);
                default -> BrokenFile.at(place, e.getCause());
            };
        }
    }

    private static BrokenFile notCsv(Place place, Exception e) {
        return new BrokenFile(place, "The CSV is not valid from here on. Perhaps a quote is not closed, or a quote inside a text is not doubled (\"\").", e);
    }

    private void noteUnread(List<String> header, Place place, PostSink sink) {
        boolean byX = header.stream().map(PostField::letters).anyMatch(TABLES_OF_X::contains);
        List<String> unread = byX ? List.of() : IntStream.range(0, length).filter(i -> columns.get(i) == null).mapToObj(header::get)
                .filter(title -> !title.isBlank() && !isMarkOfX(title)).toList();
        if (!unread.isEmpty()) {
            sink.note(place, (unread.size() == 1 ? "This column was not read: " : "These columns were not read: ") + named(unread.stream()) + ".");
        }
    }

    private static String named(Stream<String> titles) {
        return titles.filter(title -> !title.isBlank()).limit(MAX_NAMED).map(title -> "“" + cut(title) + "”").collect(Collectors.joining(", "));
    }

    /** Names the first columns, as many as a person reads. */
    private static String some(List<String> header) {
        List<String> titles = header.stream().filter(title -> !title.isBlank()).toList();
        int more = titles.size() - MAX_IN_A_SENTENCE;
        return more <= 1 ? named(titles.stream()) : named(titles.stream().limit(MAX_IN_A_SENTENCE)) + " and " + more + " more";
    }

    /** The parser counts the ends of lines that it has passed, which a row without one at the end of the file lacks. */
    private static long firstLine(CSVParser csv, CSVRecord row) {
        long inside = row.stream().mapToLong(cell -> cell.lines().count() - (cell.isEmpty() || cell.endsWith("\n") ? 0 : 1)).sum();
        return Math.max(1, csv.getCurrentLineNumber() - inside);
    }

    private void take(CSVRecord row, Place place, PostSink sink) {
        for (int i = length; i < row.size(); i++) {
            if (!row.get(i).isBlank()) {
                sink.rejected(place, "The row has %d cells, but the header names %d columns. %s".formatted(row.size(), length,
                        row.stream().anyMatch(cell -> SPACE_BEFORE_QUOTE.matcher(cell).matches()) ? "Delete the space before the quote." : "If a text contains " + CsvHeader.words(dialect.delimiter()) + ", put the text in quotes."));
                return;
            }
        }
        if (row.stream().allMatch(String::isBlank)) {
            // Spreadsheets write rows without a value at the end of a table.
            return;
        }
        Values values = new Values();
        for (int i = 0; i < Math.min(row.size(), length); i++) {
            if (columns.get(i) instanceof PostField.Name name && COUNTS.contains(name.field()) && REST_OF_TEXT.matcher(row.get(i)).matches()) {
                sink.rejected(place, "There is text where a count of %s should be. If a text contains %s, put the text in quotes.".formatted(
                        name.field().words(), CsvHeader.words(dialect.delimiter())));
                return;
            }
            String cell = plain(row.get(i));
            values.add(columns.get(i), cell.equals("\\N") || NO_TEXT.contains(cell.strip()) ? "" : cell);
        }
        String text = values.get(PostField.TEXT);
        String fault = text == null ? null : fault(text);
        if (fault != null) {
            sink.rejected(place, fault);
            return;
        }
        if (ofX) {
            CsvLists.unfold(values);
        }
        if (values.isNoPostOfX()) {
            sink.notAPost(place);
            return;
        }
        PostRow.Kind kind = Objects.requireNonNullElse(values.kind(), Kind.TABLE_ROW);
        PublishingStatus.handOn(new PostRow(place, kind, values.all(), ofX, CsvLists.links(values), CsvLists.versions(values), false), sink);
    }

    private String plain(String cell) {
        if (dialect.quoting() != CsvDialect.Quoting.UNKNOWN || cell.length() < 2 || !cell.startsWith("\"") || !cell.endsWith("\"")) {
            return cell;
        }
        String inside = cell.substring(1, cell.length() - 1);
        return inside.replace("\"\"", "").contains("\"") ? cell : inside.replace("\"\"", "\"");
    }

    /** Returns why a text may be another than was written; null if it is not. */
    private @Nullable String fault(String text) {
        boolean lines = dialect.quoting() == CsvDialect.Quoting.NONE || dialect.quoting() == CsvDialect.Quoting.UNKNOWN;
        if (rowInside.matcher(text).find()) {
            return "The text holds a whole row of the table. Perhaps a quote is not closed.";
        }
        if (lines && ESCAPES.matcher(text).find() || text.contains("\\\n") || text.contains("\\\r\n")) {
            return "The text has backslashes where a database writes them for line breaks and tabs. Export the table as CSV (RFC 4180).";
        }
        return dialect.quoting() == CsvDialect.Quoting.UNKNOWN && text.startsWith("\"")
                ? "The text begins with a quote that is not closed at its end. Quote all texts, or save the table as CSV." : null;
    }
}
