package social.coral.content.archive;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/** Posts as JSON Lines, one object on each line. An invalid line is rejected and the next one is read. */
final class JsonLines {

    private static final int MAX_LINE_LENGTH = 1_000_000;

    private JsonLines() {}

    static void read(Reader text, @Nullable String file, PostSink sink) throws BrokenFile {
        StringBuilder line = new StringBuilder();
        long number = 1;
        try {
            for (int end = ' '; end >= 0; number++) {
                line.setLength(0);
                end = readLine(text, line);
                take(line, new Place(file, number, null), sink);
            }
        } catch (IOException e) {
            throw BrokenFile.at(new Place(file, number, null), e);
        }
    }

    /** Reads up to a line feed or the end of the file and returns which. Of a line too long, one character too many is kept. */
    private static int readLine(Reader text, StringBuilder line) throws IOException {
        int c = text.read();
        while (c >= 0 && c != '\n') {
            if (line.length() <= MAX_LINE_LENGTH) {
                line.append((char) c);
            }
            c = text.read();
        }
        return c;
    }

    private static void take(StringBuilder line, Place place, PostSink sink) {
        if (line.length() > MAX_LINE_LENGTH) {
            sink.rejected(place, "The line is longer than a million characters.");
        } else if (!line.toString().isBlank()) {
            try {
                sink.post(JsonPosts.readOne(new StringReader(line.toString()), place));
            } catch (BrokenFile e) {
                sink.rejected(place, "The line is not one valid JSON object.");
            }
        }
    }
}
