package social.coral.imports.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads an uploaded file. Its format is detected from its content, never from its name or declared type. */
public final class PostFile {

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    /** One that was to be split and fitted into one part. */
    private static final byte[] SPANNED = {'P', 'K', '0', '0', 'P', 'K', 3, 4};
    private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};

    private PostFile() {}

    /**
     * Reads the whole file into the sink. The stream stays open.
     *
     * @param name the name under which places in the file are reported; null for an upload that is one file
     */
    public static void read(InputStream file, @Nullable String name, PostSink sink) throws BrokenFile, UnreadableFile {
        try {
            PeekStream buffered = PeekStream.of(file, 1 << 16);
            byte[] head = buffered.peek(ForeignFormat.HEAD);
            ForeignFormat.refuse(head);
            if (Arrays.equals(Arrays.copyOf(head, SPANNED.length), SPANNED)) {
                buffered.skipNBytes(SPANNED.length - ZIP.length);
                head = ZIP;
            }
            byte[] start = Arrays.copyOf(head, ZIP.length);
            if (Arrays.equals(start, ZIP) || Arrays.equals(start, EMPTY_ZIP)) {
                ZippedArchive.read(buffered, name, sink);
            } else {
                try {
                    TextFile.read(buffered, name, sink);
                } finally {
                    sink.entryRead(name);
                }
            }
        } catch (IOException e) {
            throw BrokenFile.at(Place.of(name), e);
        }
    }
}
