package social.coral.imports.archive;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * How a table is written, as its beginning shows: RFC 4180, also with a semicolon, a tab or a vertical bar for the comma, which a line such as
 * {@code sep=;} may name. Tables with tabs often quote nothing, and those of databases escape with a backslash.
 *
 * @param offset where the header line begins
 * @param quoting how cells are quoted
 * @param spaced whether a space follows each delimiter
 */
record CsvDialect(int offset, char delimiter, Quoting quoting, boolean spaced) {

    enum Quoting {
        RFC4180,
        /** A quote is a character like any other. */
        NONE,
        /** No cell begins with a quote yet. */
        UNKNOWN,
        /** The text form of PostgreSQL's COPY and MySQL's OUTFILE: {@code \N} for no value, {@code \n} for the end of a line. */
        BACKSLASHES
    }

    private static final String DELIMITERS = ",;\t|";
    private static final Pattern NO_VALUE = Pattern.compile("(?m)(?:^|\t)\\\\N(?=\t|\r?$)");
    private static final Pattern QUOTE_FIRST = Pattern.compile("(?m)(?:^|\t)\"");

    /** @param isWhole whether this is the whole file and not only its beginning */
    static CsvDialect of(String head, boolean isWhole) {
        int offset = offset(head);
        String table = head.substring(offset);
        String named = head.substring(0, offset).lines().filter(CsvDialect::isSeparatorLine).findFirst().orElse("");
        char delimiter = named.isEmpty() ? delimiter(table.lines().findFirst().orElse("")) : named.charAt(named.toLowerCase(Locale.ROOT).indexOf("sep=") + 4);
        String[] titles = table.lines().findFirst().orElse("").split(Pattern.quote(String.valueOf(delimiter)), -1);
        return new CsvDialect(offset, delimiter, delimiter == '\t' ? quotingWithTabs(table, isWhole) : Quoting.RFC4180,
                titles.length > 1 && Stream.of(titles).skip(1).allMatch(title -> title.startsWith(" ")));
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
        return line.matches("(?i)\\s*\"?sep=[^ \\r]\"?\\s*");
    }

    private static char delimiter(String headerLine) {
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

    private static Quoting quotingWithTabs(String table, boolean isWhole) {
        if (NO_VALUE.matcher(table).find()) {
            return Quoting.BACKSLASHES;
        }
        if (!QUOTE_FIRST.matcher(table).find()) {
            return Quoting.UNKNOWN;
        }
        return !isRegular(table, Quoting.RFC4180, isWhole) && isRegular(table, Quoting.NONE, isWhole) ? Quoting.NONE : Quoting.RFC4180;
    }

    /** Reports whether all rows have as many cells as the header. The last one may be cut off. */
    private static boolean isRegular(String table, Quoting quoting, boolean isWhole) {
        List<Integer> cells = new ArrayList<>();
        try (CSVParser csv = CSVParser.parse(new StringReader(table), new CsvDialect(0, '\t', quoting, false).format())) {
            for (CSVRecord row : csv) {
                cells.add(row.size());
            }
        } catch (IOException | UncheckedIOException e) {
            if (isWhole || !String.valueOf(e.getMessage()).contains("EOF")) {
                return false;
            }
        }
        return cells.subList(0, Math.max(0, cells.size() - (isWhole ? 0 : 1))).stream().allMatch(cells.getFirst()::equals);
    }

    CSVFormat format() {
        CSVFormat.Builder format = CSVFormat.RFC4180.builder().setDelimiter(delimiter).setIgnoreEmptyLines(true).setIgnoreSurroundingSpaces(spaced);
        return switch (quoting) {
            case RFC4180 -> format.get();
            case NONE, UNKNOWN -> format.setQuote(null).get();
            case BACKSLASHES -> format.setQuote(null).setEscape('\\').get();
        };
    }
}
