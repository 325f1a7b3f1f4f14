package social.coral.imports.archive;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Stops an endless record, such as an unclosed quote makes, before it fills the memory. Closing it leaves the upload open. */
final class RecordReader extends FilterReader {

    /** Longer than any post that X writes, with its links and its escapes. */
    static final int MAX_LENGTH = 1_000_000;

    /** Twice as many as the longest text can have. */
    private static final int MAX_DELIMITERS = 50_000;
    private static final char NO_DELIMITER = '\0';

    /** The record is longer than any post. */
    static final class TooLong extends IOException {}

    private final char delimiter;
    private int length;
    private int delimiters;

    /** Reads records that are not bounded in their cells. */
    RecordReader(Reader in) {
        this(in, NO_DELIMITER);
    }

    /** @param delimiter separates the cells, each of which takes 30 times the memory of its delimiter */
    RecordReader(Reader in, char delimiter) {
        super(in);
        this.delimiter = delimiter;
    }

    /** Begins the next record. */
    void next() {
        length = 0;
        delimiters = 0;
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
        for (int i = offset; i < offset + read && delimiter != NO_DELIMITER; i++) {
            delimiters += buffer[i] == delimiter ? 1 : 0;
        }
        if (length > MAX_LENGTH || delimiters > MAX_DELIMITERS) {
            throw new TooLong();
        }
        return read;
    }

    @Override
    public void close() {
        // The stream belongs to the upload, and more of it may follow.
    }
}
