package social.coral.imports.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads an uploaded file. Its format is detected from its content, never from its name or declared type. */
public final class PostFile {

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};
    private static final byte[] OLD_SPREADSHEET = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

    private PostFile() {}

    /**
     * Reads the whole file into the sink. The stream stays open.
     *
     * @param name the name under which places in the file are reported; null for an upload that is one file
     */
    public static void read(InputStream file, @Nullable String name, PostSink sink) throws BrokenFile, UnreadableFile {
        try {
            InputStream buffered = new BufferedInputStream(file, 1 << 16);
            buffered.mark(ZIP.length);
            byte[] start = buffered.readNBytes(ZIP.length);
            buffered.reset();
            if (Arrays.equals(start, OLD_SPREADSHEET)) {
                throw UnreadableFile.format("This is a spreadsheet. Save it as CSV (UTF-8) and send that file.");
            }
            if (Arrays.equals(start, ZIP) || Arrays.equals(start, EMPTY_ZIP)) {
                ZippedArchive.read(buffered, sink);
            } else {
                TextFile.read(buffered, name, sink);
            }
        } catch (IOException e) {
            throw BrokenFile.at(Place.of(name), e);
        }
    }
}
