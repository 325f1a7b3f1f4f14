package social.coral.web.frame;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import social.coral.api.CsvFile;
import social.coral.api.Page;

/** Answers with a file to keep. */
public final class Download {

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private Download() {}

    /** Announces a file to keep, which the caller then writes. */
    public static void file(HttpServletResponse response, MediaType type, String name) {
        response.setContentType(type.toString());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name, StandardCharsets.US_ASCII).build().toString());
    }

    /** Reads the rows that follow one, or the first ones, at most {@link Page#MAX_LIMIT} at a time. */
    @FunctionalInterface
    public interface Rows<R> {
        List<R> after(@Nullable R last);
    }

    /** Sends a list as CSV, written as it is read. Rows that are added meanwhile are left to the next file. */
    public static <R> void csv(HttpServletResponse response, String name, List<String> columns, Rows<R> rows, Function<R, @Nullable Object[]> cells)
            throws IOException {
        file(response, CSV, name);
        try (CsvFile csv = new CsvFile(response.getWriter(), columns.toArray(String[]::new))) {
            R last = null;
            List<R> some;
            do {
                some = rows.after(last);
                for (R row : some) {
                    csv.row(cells.apply(row));
                    last = row;
                }
            } while (some.size() == Page.MAX_LIMIT);
        }
    }
}
