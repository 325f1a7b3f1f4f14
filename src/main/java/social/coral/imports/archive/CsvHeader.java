package social.coral.imports.archive;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What keeps a table's header line from being read as one. */
final class CsvHeader {

    private static final int MAX_LINES = 20;
    private static final int MAX_COLUMNS = 100;
    private static final Map<Character, String> DELIMITERS = Map.of(',', "commas", ';', "semicolons", '\t', "tabs", '|', "vertical bars");
    /** What separates names of columns, with the quotes and spaces around it. */
    private static final Pattern BETWEEN_NAMES = Pattern.compile("[^\\p{L}\\p{N}_.-]+");

    /** A cell with an id or a time, as rows have them. */
    private static final Pattern CELL_OF_A_ROW = Pattern.compile("[0-9]{15,20}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].*)?");

    private CsvHeader() {}

    /** Reports whether the first line is the row of a post. */
    static boolean isMissing(List<String> first) {
        return first.stream().anyMatch(cell -> CELL_OF_A_ROW.matcher(cell.strip()).matches());
    }

    /** Returns a delimiter's name in the plural. */
    static String words(char delimiter) {
        return DELIMITERS.getOrDefault(delimiter, "“" + delimiter + "”");
    }

    /** Returns what to do about a header line that is not the first, or that has an unknown delimiter; null if there is none. */
    static @Nullable String elsewhere(String head) {
        List<String> lines = head.lines().limit(MAX_LINES).toList();
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (DELIMITERS.keySet().stream().anyMatch(delimiter -> namesColumns(fields(line.split(Pattern.quote(String.valueOf(delimiter)), MAX_COLUMNS))))) {
                return "Line %d looks like the header line. Delete the lines above it.".formatted(i + 1);
            }
        }
        String first = lines.isEmpty() ? "" : lines.getFirst();
        String[] names = BETWEEN_NAMES.split(first, MAX_COLUMNS);
        Matcher between = BETWEEN_NAMES.matcher(first);
        // Of a sentence, most words are no names of columns.
        if (!namesColumns(fields(names)) || fields(names).size() * 2 < names.length || !between.find()
                || between.group().chars().anyMatch(c -> DELIMITERS.containsKey((char) c))) {
            return null;
        }
        String delimiter = between.group().strip();
        return "The header line separates its columns with %s. Use commas, semicolons, tabs or vertical bars."
                .formatted(delimiter.isEmpty() ? "spaces" : "“" + delimiter.substring(0, Math.min(delimiter.length(), 5)) + "”");
    }

    private static List<PostField> fields(String[] names) {
        return Arrays.stream(names).map(PostField::named).filter(name -> name != null).map(PostField.Name::field).toList();
    }

    private static boolean namesColumns(List<PostField> fields) {
        return fields.contains(PostField.TEXT) && fields.contains(PostField.CREATED_AT);
    }

    /** Refuses a table whose first row has another delimiter from its first cell on. */
    static void demandDelimiterOfRows(String table, int columns, char delimiter) throws UnreadableFile {
        String row = table.lines().skip(1).filter(line -> !line.isBlank()).findFirst().orElse("");
        for (char other : DELIMITERS.keySet().stream().filter(each -> each != delimiter).toList()) {
            String first = row.substring(0, Math.max(0, row.indexOf(other)));
            if (columns > 2 && first.indexOf(delimiter) < 0 && !first.startsWith("\"") && row.chars().filter(c -> c == other).count() >= columns - 1) {
                throw UnreadableFile.content("The header line separates its columns with %s and the rows with %s. Use the same for both."
                        .formatted(words(delimiter), words(other)));
            }
        }
    }
}
