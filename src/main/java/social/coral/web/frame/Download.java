package social.coral.web.frame;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import social.coral.api.CsvFile;

/** Answers with a file to keep. */
public final class Download {

    private Download() {}

    /** A table as CSV, which goes out as it is written. */
    public static CsvFile csv(HttpServletResponse response, String name, String... columns) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name, StandardCharsets.US_ASCII).build().toString());
        return new CsvFile(response.getWriter(), columns);
    }
}
