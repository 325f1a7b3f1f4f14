package social.coral.imports.archive;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** A file whose beginning can be looked at. If it breaks off, looking ends there, and reading fails only after all bytes before that. */
final class PeekStream extends BufferedInputStream {

    private final Source source;

    private PeekStream(Source source, int size) {
        super(source, size);
        this.source = source;
    }

    /** @param size how many bytes ahead can be looked at */
    static PeekStream of(InputStream file, int size) {
        return new PeekStream(new Source(file), size);
    }

    /** Returns the next bytes, up to {@code length}, and leaves them to be read. */
    byte[] peek(int length) throws IOException {
        mark(length);
        source.peeking++;
        try {
            return readNBytes(length);
        } finally {
            source.peeking--;
            reset();
        }
    }

    /** Returns the next characters of the text that is read from here, up to {@code length}, and leaves them to be read. */
    String peek(Reader text, int length) throws IOException {
        text.mark(length);
        source.peeking++;
        try {
            char[] head = new char[length];
            int count = 0;
            for (int read = 0; read >= 0 && count < length; read = text.read(head, count, length - count)) {
                count += read;
            }
            return new String(head, 0, count);
        } finally {
            source.peeking--;
            text.reset();
        }
    }

    private static final class Source extends FilterInputStream {

        /** How many looks ahead are under way: one at the text looks at the bytes, too. */
        private int peeking;
        private @Nullable IOException fault;

        private Source(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (fault == null) {
                try {
                    return super.read(buffer, offset, length);
                } catch (IOException e) {
                    fault = e;
                }
            }
            if (peeking > 0) {
                return -1;
            }
            throw fault;
        }

        /** A decoder that knows of more input returns what it has only with what follows, and loses it when that fails. */
        @Override
        public int available() {
            return 0;
        }
    }
}
