package social.coral.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import social.coral.api.Failure;

/** Bounds the bodies that are read into memory as one object. An import is read as a stream and has its own bound. */
@Component
@Order(0)
final class BodyLimit extends OncePerRequestFilter {

    static final int MOST_BYTES = 1 << 20;

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return Paths.isUpload(Paths.of(request));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new Limited(request), response);
    }

    static Failure tooLarge() {
        return Failure.of(HttpStatus.CONTENT_TOO_LARGE, "body_too_large", "A body of this kind can have at most 1 MB");
    }

    private static final class Limited extends HttpServletRequestWrapper {

        private Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (getContentLengthLong() > MOST_BYTES) {
                throw tooLarge();
            }
            return new Counted(super.getInputStream());
        }
    }

    private static final class Counted extends ServletInputStream {

        private final ServletInputStream source;
        private long read;

        private Counted(ServletInputStream source) {
            this.source = source;
        }

        private int counted(int bytes) {
            read += Math.max(bytes, 0);
            if (read > MOST_BYTES) {
                throw tooLarge();
            }
            return bytes;
        }

        @Override
        public int read() throws IOException {
            int next = source.read();
            counted(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return counted(source.read(buffer, offset, length));
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
