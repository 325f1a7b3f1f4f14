package social.coral.imports;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.util.unit.DataSize;
import social.coral.imports.archive.SizeLimit;

/** Counts the bytes of an upload and stops it when it becomes too large. */
final class UploadLimit {

    private final DataSize limit;
    private long bytes;

    UploadLimit(DataSize limit) {
        this.limit = limit;
    }

    /** Formats a size for people. */
    static String words(DataSize size) {
        return size.toGigabytes() > 0 && size.toMegabytes() % 1024 == 0 ? size.toGigabytes() + " GB"
                : size.toMegabytes() > 0 ? size.toMegabytes() + " MB" : size.toBytes() + " bytes";
    }

    InputStream on(InputStream file) {
        return new FilterInputStream(file) {

            @Override
            public int read() throws IOException {
                int value = super.read();
                seen(value < 0 ? value : 1);
                return value;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                seen(count);
                return count;
            }
        };
    }

    private void seen(int count) throws SizeLimit {
        bytes += Math.max(0, count);
        if (bytes > limit.toBytes()) {
            throw new SizeLimit("The file is larger than " + words(limit) + ", the most for one import.");
        }
    }
}
