package social.coral.content.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads an uploaded file. Its format is detected from its content, never from its name or declared type. */
public final class PostFile {

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private PostFile() {}

    /** Reads the whole file into the sink. The stream stays open. */
    public static void read(InputStream file, PostSink sink) throws BrokenFile {
        try {
            InputStream buffered = new BufferedInputStream(file, 1 << 16);
            buffered.mark(ZIP.length);
            boolean zip = Arrays.equals(buffered.readNBytes(ZIP.length), ZIP);
            buffered.reset();
            if (zip) {
                ZippedArchive.read(buffered, sink);
            } else {
                TextFile.read(buffered, null, sink);
            }
        } catch (IOException e) {
            throw BrokenFile.at(new Place(null, 1, null), e);
        }
    }
}
