package social.coral.api;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** A table for download. What people wrote stays text in a spreadsheet too; every CSV that leaves the product is written here. */
public final class CsvFile implements Closeable {

    // A cell that begins so is taken for a formula; the last four are read as the first four are.
    private static final String BEGINS_A_FORMULA = "=+-@\t\r\n＝＋－＠";

    private final CSVPrinter printer;

    public CsvFile(Writer out, String... columns) throws IOException {
        this.printer = new CSVPrinter(out, CSVFormat.RFC4180.builder().setHeader(columns).get());
    }

    public void row(@Nullable Object... cells) throws IOException {
        List<@Nullable Object> inert = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            inert.add(cell instanceof CharSequence text ? inert(text.toString()) : cell);
        }
        printer.printRecord(inert);
    }

    /** A quote in front makes a cell text. Spaces do not count: a spreadsheet may drop them. */
    private static String inert(String text) {
        String first = text.replaceFirst("^[ \\u00a0\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]+", "");
        return first.isEmpty() || BEGINS_A_FORMULA.indexOf(first.charAt(0)) < 0 ? text : "'" + text;
    }

    @Override
    public void close() throws IOException {
        printer.close(true);
    }
}
