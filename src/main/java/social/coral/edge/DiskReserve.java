package social.coral.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import social.coral.api.Failure;
import social.coral.installation.DiskSpace;

/** Refuses what would fill the disk when only the reserve is left of it: exports and imports, these also while they are read. */
@Component
final class DiskReserve extends OncePerRequestFilter {

    private static final String EXPORT = "/api/user/export";
    private static final int LOOK_AFTER_BYTES = 256 << 10;

    private final DiskSpace disk;
    private final ErrorResponses answers;

    DiskReserve(DiskSpace disk, ErrorResponses answers) {
        this.disk = disk;
        this.answers = answers;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = Paths.of(request);
        return !path.equals(EXPORT) && !(Paths.isUpload(path) && request.getMethod().equals("POST"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (disk.isExhausted()) {
            answers.write(request, response, Failure.diskFull());
        } else {
            chain.doFilter(Paths.isUpload(Paths.of(request)) ? new Watched(request) : request, response);
        }
    }

    private final class Watched extends HttpServletRequestWrapper {

        private Watched(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new WatchedStream(super.getInputStream());
        }
    }

    private final class WatchedStream extends ServletInputStream {

        private final ServletInputStream source;
        private long sinceLook;

        private WatchedStream(ServletInputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            int next = source.read();
            look(1);
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = source.read(target, offset, length);
            look(read);
            return read;
        }

        private void look(int read) {
            sinceLook += Math.max(read, 0);
            if (sinceLook >= LOOK_AFTER_BYTES) {
                sinceLook = 0;
                if (disk.isExhausted()) {
                    throw Failure.diskFull();
                }
            }
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }
    }
}
