package social.coral.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import social.coral.api.Failure;
import social.coral.installation.DiskSpace;

/** Refuses exports and imports when only the reserve of the disk is left; imports also while they are being read. */
final class DiskReserve extends RequestFilter {

    private static final String EXPORT = "/api/user/export";
    private static final int CHECK_EVERY_BYTES = 256 << 10;

    private final DiskSpace disk;
    private final ErrorResponses errors;

    DiskReserve(DiskSpace disk, ErrorResponses errors) {
        this.disk = disk;
        this.errors = errors;
    }

    @Override
    void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        String path = Paths.of(request);
        boolean upload = Paths.isUpload(path) && request.getMethod().equals("POST");
        if ((upload || path.equals(EXPORT)) && disk.isExhausted()) {
            errors.write(request, response, Failure.diskFull());
        } else {
            chain.doFilter(upload ? new Watched(request) : request, response);
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
        private long sinceCheck;

        private WatchedStream(ServletInputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            int next = source.read();
            check(1);
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = source.read(target, offset, length);
            check(read);
            return read;
        }

        /** Tells what Tomcat holds, because looking at the connection before that is read would overwrite it. */
        @Override
        public int available() throws IOException {
            return source.available();
        }

        private void check(int read) {
            sinceCheck += Math.max(read, 0);
            if (sinceCheck >= CHECK_EVERY_BYTES) {
                sinceCheck = 0;
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
