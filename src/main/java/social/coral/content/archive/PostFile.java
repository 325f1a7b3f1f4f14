package social.coral.content.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a file that a person brings, whose kind is told by its content, never by its name or claimed type. */
public final class PostFile {

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private PostFile() {}

    /** Reads all of it into the sink. The stream stays open. */
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
            throw BrokenFile.at(new Place(null, 1), e);
        }
    }
}
