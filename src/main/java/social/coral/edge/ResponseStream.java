package social.coral.edge;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** The output stream of a response, written by the thread that makes it. */
abstract class ResponseStream extends ServletOutputStream {

    @Override
    public abstract void write(byte[] bytes, int offset, int count) throws IOException;

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        throw new UnsupportedOperationException("responses are written by the thread that makes them");
    }
}
