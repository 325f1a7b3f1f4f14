package social.coral.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringReader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import org.apache.tomcat.util.http.parser.AcceptEncoding;
import org.springframework.http.HttpHeaders;

/**
 * Decides which long responses are compressed while they are made, in their tenant's turn. Tomcat would compress them while it
 * sends them, many at once; it leaves compressed responses alone.
 */
final class Compression {

    private static final String GZIP = "gzip";
    private static final Set<String> TYPES = Set.of("text/html", "application/json", "application/problem+json");

    private Compression() {}

    static boolean isWanted(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String type = response.getContentType();
        return type != null && TYPES.contains(type.split(";", 2)[0].strip()) && response.getHeader(HttpHeaders.CONTENT_ENCODING) == null && takesGzip(request);
    }

    private static boolean takesGzip(HttpServletRequest request) throws IOException {
        Enumeration<String> headers = request.getHeaders(HttpHeaders.ACCEPT_ENCODING);
        for (String header : Collections.list(headers)) {
            for (AcceptEncoding coding : AcceptEncoding.parse(new StringReader(header))) {
                if (coding.getEncoding().equalsIgnoreCase(GZIP) && coding.getQuality() > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    static void announce(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }
}
