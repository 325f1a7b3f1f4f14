package social.coral.api;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Writes CSV downloads, all of them in the product. Text from people stays text when a spreadsheet opens the file. */
public final class CsvFile implements Closeable {

    // Spreadsheets take a cell that starts with one of these for a formula, also with the full-width forms.
    private static final String FORMULA_PREFIXES = "=+-@\t\r\n＝＋－＠";

    private static final Pattern UNSEEN_START = Pattern.compile("^[" + StorableText.INVISIBLE + "&&[^\\t\\r\\n]]+");

    private final CSVPrinter printer;

    public CsvFile(Writer out, String... columns) throws IOException {
        this.printer = new CSVPrinter(out, CSVFormat.RFC4180.builder().setHeader(columns).get());
    }

    public void row(@Nullable Object... cells) throws IOException {
        List<@Nullable Object> escaped = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            escaped.add(cell instanceof CharSequence text ? escapeFormula(text.toString()) : cell);
        }
        printer.printRecord(escaped);
    }

    /** Prefixes a formula with a quote, which makes it text. Ignores what nobody sees before it, because spreadsheets may drop it. */
    private static String escapeFormula(String text) {
        String first = UNSEEN_START.matcher(text).replaceFirst("");
        return first.isEmpty() || FORMULA_PREFIXES.indexOf(first.charAt(0)) < 0 ? text : "'" + text;
    }

    @Override
    public void close() throws IOException {
        printer.close(true);
    }
}
