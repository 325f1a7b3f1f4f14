package social.coral.imports.archive;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.PostRow.Kind;
import social.coral.imports.archive.PostRow.Values;

/**
 * Posts in CSV (RFC 4180), whose header line names the columns. A semicolon, a tab or a vertical bar may stand for the comma, and a
 * line such as {@code sep=;} may say so. What could be read in two ways is refused.
 */
final class CsvPosts {

    private static final String DELIMITERS = ",;\t|";
    private static final int MAX_NAMED = 20;
    private static final Pattern SHORT_LINK = Pattern.compile("https?://t\\.co/[A-Za-z0-9]{1,40}");

    private final List<PostField.@Nullable Name> columns;
    private final int length;
    private final boolean ofX;
    private final Kind kind;
    /** A line of a text that begins as the rows of posts do. */
    private final Pattern rowInside;

    private CsvPosts(List<String> header, char delimiter) throws UnreadableFile {
        this.columns = columns(header);
        this.length = header.size();
        this.ofX = header.stream().map(PostField::letters).anyMatch(name -> List.of("posttext", "tweettext", "retweetedstatustimestamp", "edithistorytweetids").contains(name));
        this.kind = ofX ? Kind.POST : Kind.TABLE_ROW;
        this.rowInside = Pattern.compile("(?m)^\"?[0-9]{15,20}\"?" + Pattern.quote(String.valueOf(delimiter)));
    }

    static void read(Reader text, String head, @Nullable String file, PostSink sink) throws BrokenFile, UnreadableFile, IOException {
        int offset = offset(head);
        text.skip(offset);
        long skipped = count(head.substring(0, offset), '\n');
        String headerLine = head.substring(offset).lines().findFirst().orElse("");
        char delimiter = delimiter(head, headerLine);
        List<String> header = firstRecord(headerLine, delimiter);
        refuseOther(head, header);
        CsvPosts table = new CsvPosts(header, delimiter);
        table.readRows(text, delimiter, skipped, file, sink, header);
    }

    /** Where the header line begins, after blank lines and the one that names the delimiter. */
    private static int offset(String head) {
        int offset = 0;
        while (offset < head.length()) {
            int end = head.indexOf('\n', offset);
            String line = end < 0 ? head.substring(offset) : head.substring(offset, end);
            if (end < 0 || !line.isBlank() && !isSeparatorLine(line)) {
                return offset;
            }
            offset = end + 1;
        }
        return offset;
    }

    private static boolean isSeparatorLine(String line) {
        return line.strip().matches("(?i)\"?sep=.\"?") || line.equals("sep=\t");
    }

    private static char delimiter(String head, String headerLine) {
        String named = head.lines().filter(line -> !line.isBlank()).findFirst().filter(CsvPosts::isSeparatorLine).orElse("");
        if (!named.isEmpty()) {
            return named.charAt(named.toLowerCase(Locale.ROOT).indexOf("sep=") + 4);
        }
        char best = ',';
        for (char candidate : DELIMITERS.toCharArray()) {
            if (count(headerLine, candidate) > count(headerLine, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String line, char c) {
        return line.chars().filter(each -> each == c).count();
    }

    private static List<String> firstRecord(String line, char delimiter) {
        try (CSVParser csv = CSVParser.parse(new StringReader(line), format(delimiter))) {
            Iterator<CSVRecord> records = csv.iterator();
            return records.hasNext() ? records.next().toList() : List.of();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static CSVFormat format(char delimiter) {
        return CSVFormat.RFC4180.builder().setDelimiter(delimiter).setIgnoreEmptyLines(true).get();
    }

    private static void refuseOther(String head, List<String> header) throws UnreadableFile {
        boolean text = head.chars().noneMatch(c -> c == 0 || c == PostRow.UNREADABLE);
        List<PostField> known = header.stream().map(PostField::named).filter(name -> name != null).map(PostField.Name::field).toList();
        if (text && header.size() > 1 && !known.contains(PostField.TEXT)) {
            throw UnreadableFile.format("The header line names no column with the text of posts. Name the columns id, text, created_at, "
                    + "and separate them with commas, semicolons, tabs or vertical bars.");
        }
        if (!known.contains(PostField.TEXT) || header.size() == 1) {
            throw UnreadableFile.format("This file cannot be read.");
        }
        if (!known.contains(PostField.CREATED_AT)) {
            throw UnreadableFile.format("The header line names no column with the time of posts. Name it created_at.");
        }
    }

    private static List<PostField.@Nullable Name> columns(List<String> header) throws UnreadableFile {
        List<PostField.@Nullable Name> columns = new ArrayList<>();
        Map<PostField, String> taken = new EnumMap<>(PostField.class);
        for (String title : header) {
            PostField.Name name = PostField.named(title);
            columns.add(name);
            String other = name == null ? null : taken.put(name.field(), title);
            if (name != null && other != null) {
                throw UnreadableFile.content("The columns “%s” and “%s” could both be the %s. Delete or rename the one that is not."
                        .formatted(cut(other), cut(title), name.field().name().toLowerCase(Locale.ROOT)));
            }
        }
        return columns;
    }

    private static String cut(String title) {
        return title.strip().substring(0, Math.min(title.strip().length(), 40));
    }

    private void readRows(Reader text, char delimiter, long skipped, @Nullable String file, PostSink sink, List<String> header)
            throws BrokenFile, IOException {
        noteUnread(header, Place.line(file, skipped + 1), sink);
        RecordReader bounded = new RecordReader(text);
        long line = skipped + 1;
        try (CSVParser csv = CSVParser.parse(bounded, format(delimiter))) {
            Iterator<CSVRecord> records = csv.iterator();
            records.next();
            line = skipped + csv.getCurrentLineNumber() + 1;
            bounded.next();
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
        return new BrokenFile(place, "The CSV is not valid from here on. Perhaps a quote is not closed, or a quote in a text is written as \\\" instead of \"\".", e);
    }

    private void noteUnread(List<String> header, Place place, PostSink sink) {
        List<String> unread = new ArrayList<>();
        for (int i = 0; i < length && !ofX; i++) {
            if (columns.get(i) == null && !header.get(i).isBlank()) {
                unread.add("“" + cut(header.get(i)) + "”");
            }
        }
        if (!unread.isEmpty()) {
            sink.note(place, (unread.size() == 1 ? "This column was not read: " : "These columns were not read: ")
                    + String.join(", ", unread.subList(0, Math.min(unread.size(), MAX_NAMED))) + ".");
        }
    }

    /** The parser counts the ends of lines that it has passed, which a row without one at the end of the file lacks. */
    private static long firstLine(CSVParser csv, CSVRecord row) {
        long inside = row.stream().mapToLong(cell -> cell.lines().count() - (cell.isEmpty() || cell.endsWith("\n") ? 0 : 1)).sum();
        return Math.max(1, csv.getCurrentLineNumber() - inside);
    }

    private void take(CSVRecord row, Place place, PostSink sink) {
        for (int i = length; i < row.size(); i++) {
            if (!row.get(i).isBlank()) {
                sink.rejected(place, "The row has %d cells, but the header names %d columns. Put a text with the delimiter in quotes.".formatted(row.size(), length));
                return;
            }
        }
        if (row.stream().allMatch(String::isBlank)) {
            // Spreadsheets write rows without a value at the end of a table.
            return;
        }
        Values values = new Values();
        for (int i = 0; i < Math.min(row.size(), length); i++) {
            values.add(columns.get(i), row.get(i).equals("\\N") ? "" : row.get(i));
        }
        String text = values.get(PostField.TEXT);
        if (text != null && rowInside.matcher(text).find()) {
            sink.rejected(place, "The text holds a whole row of the table. Perhaps a quote is not closed.");
            return;
        }
        Kind of = values.get(PostField.REPOST_OF) != null ? Kind.REPOST : values.get(PostField.DELETED_AT) != null ? Kind.DELETED_POST : kind;
        sink.post(new PostRow(place, of, values.all(), ofX, links(text, values.get(PostField.EXPANDED_URLS)), List.of()));
    }

    /** The archives of 2012 to 2018 list what the short links stand for beside the text, in their order. */
    private static Map<String, String> links(@Nullable String text, @Nullable String expanded) {
        Map<String, String> links = new HashMap<>();
        if (text != null && expanded != null) {
            List<String> shortLinks = SHORT_LINK.matcher(text).results().map(MatchResult::group).toList();
            List<String> targets = List.of(expanded.split(","));
            for (int i = 0; i < shortLinks.size() && shortLinks.size() == targets.size(); i++) {
                links.put(shortLinks.get(i), targets.get(i).strip());
            }
        }
        return links;
    }
}
