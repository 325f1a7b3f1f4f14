package social.coral.edge;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.Problems;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the response to what Tomcat refuses before any filter runs: a malformed request line, headers that are too large. Programs get a
 * problem document and a person a few plain words; neither names the server software.
 */
@Component
final class TomcatErrors {

    private final JsonMapper json;
    private final ResponseHeaders headers;

    TomcatErrors(JsonMapper json, ResponseHeaders headers) {
        this.json = json;
        this.headers = headers;
    }

    Valve valve() {
        return new Report(json, headers);
    }

    private static final class Report extends ErrorReportValve {

        private static final String PAGE = """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>This request cannot be read · Coral Social</title></head>
                <body><h1>%s</h1><p>%s</p><p><a href="/">Coral Social</a></p></body></html>
                """;

        private final JsonMapper json;
        private final ResponseHeaders headers;

        private Report(JsonMapper json, ResponseHeaders headers) {
            this.json = json;
            this.headers = headers;
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable fault) {
            HttpStatus status = HttpStatus.resolve(response.getStatus());
            if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            headers.set(response, request.isSecure());
            try {
                write(Paths.ofRefused(String.valueOf(request.getRequestURI())), response, status);
            } catch (IOException e) {
                // The client is gone.
            }
        }

        private void write(String path, Response response, HttpStatus status) throws IOException {
            if (Paths.isForPrograms(path)) {
                Failure refused = Failure.of(status, status.is4xxClientError() ? "bad_request" : "fault",
                        status.is4xxClientError() ? "The request cannot be read." : "Something went wrong on our side.");
                response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                json.writeValue(response.getOutputStream(), Problems.document(refused, isAddress(path) ? path : "/api"));
            } else {
                response.setContentType("text/html;charset=UTF-8");
                response.getOutputStream().write((status.is4xxClientError()
                                ? PAGE.formatted("This request cannot be read", "Its address, or something the browser sent with it, has a form that is not accepted. Nothing was changed.")
                                : PAGE.formatted("Something went wrong on our side", "Nothing was saved. Try again in a moment."))
                        .getBytes(StandardCharsets.UTF_8));
            }
            response.finishResponse();
        }

        private static boolean isAddress(String path) {
            try {
                new URI(path);
                return true;
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }
}
