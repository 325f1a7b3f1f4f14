package social.coral.edge;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A response that is sent while it is written, to a client that is cut off when it reads too slowly. */
final class PacedResponse extends HttpServletResponseWrapper {

    private @Nullable ServletOutputStream bytes;

    PacedResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (bytes == null) {
            bytes = new PacedStream(super.getOutputStream());
        }
        return bytes;
    }
}
