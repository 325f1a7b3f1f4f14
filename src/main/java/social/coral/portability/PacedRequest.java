package social.coral.portability;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** A request whose body is read within an {@link ImportTurn}. */
final class PacedRequest extends HttpServletRequestWrapper {

    private final ImportTurn turn;

    PacedRequest(HttpServletRequest request, ImportTurn turn) {
        super(request);
        this.turn = turn;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new Paced(super.getInputStream());
    }

    private final class Paced extends ServletInputStream {

        private final ServletInputStream body;

        private Paced(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return turn.read(body, buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
