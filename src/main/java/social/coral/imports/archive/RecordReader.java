package social.coral.imports.archive;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Stops an endless record, such as an unclosed quote makes, before it fills the memory. Closing it leaves the upload open. */
final class RecordReader extends FilterReader {

    /** Longer than any post that X writes, with its links and its escapes. */
    static final int MAX_LENGTH = 1_000_000;

    /** The record is longer than any post. */
    static final class TooLong extends IOException {}

    private int length;

    RecordReader(Reader in) {
        super(in);
    }

    /** Begins the next record. */
    void next() {
        length = 0;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] buffer, int offset, int most) throws IOException {
        int read = super.read(buffer, offset, most);
        length += Math.max(0, read);
        if (length > MAX_LENGTH) {
            throw new TooLong();
        }
        return read;
    }

    @Override
    public void close() {
        // The stream belongs to the upload, and more of it may follow.
    }
}
