package social.coral.edge;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** An answer's stream, written by the thread that makes the answer, piece by piece. */
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
        throw new UnsupportedOperationException("answers are written by the thread that makes them");
    }
}
