package social.coral.content.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import social.coral.api.Failure;
import social.coral.portability.ImportFault;

/** A text file. Distinguishes JSON, JSON Lines, X's JavaScript and CSV by how they begin. */
final class TextFile {

    static final String ACCEPTED = "an X archive (the ZIP, or its tweets.js), CSV with a header line, a JSON array, or JSON lines";

    private static final int HEAD = 4096;
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*[A-Za-z_$][\\w$. ]{0,200}=\\s*(?=[\\[{])");

    private TextFile() {}

    static void read(InputStream in, @Nullable String file, PostSink sink) throws BrokenFile, IOException {
        // Bytes that are not UTF-8 become U+FFFD here, and only the row with one is rejected, not the whole file.
        Reader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 15);
        String head = peek(text);
        if (head.startsWith("\uFEFF")) {
            text.skip(1);
            head = head.substring(1);
        }
        Matcher assignment = ASSIGNMENT.matcher(head);
        String start = head.stripLeading();
        if (assignment.lookingAt()) {
            text.skip(assignment.end());
            if (assignment.group().contains("account")) {
                JsonPosts.readOwner(text, file, sink);
            } else {
                JsonPosts.readArray(text, file, sink);
            }
        } else if (start.startsWith("[")) {
            JsonPosts.readArray(text, file, sink);
        } else if (start.startsWith("{")) {
            JsonLines.read(text, file, sink);
        } else if (start.isEmpty()) {
            throw ImportFault.ofTheFile("This file is empty.");
        } else if (CsvPosts.looksLikeTable(head) && !CsvPosts.isHeader(head)) {
            throw Failure.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_format",
                    "The header line lacks id, text or created_at. Supported: " + ACCEPTED + ".");
        } else if (!CsvPosts.isHeader(head)) {
            throw Failure.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_format", "This file cannot be read. Supported: " + ACCEPTED + ".");
        } else {
            CsvPosts.read(text, head, file, sink);
        }
    }

    private static String peek(Reader text) throws IOException {
        text.mark(HEAD);
        char[] head = new char[HEAD];
        int length = 0;
        for (int read = 0; read >= 0 && length < HEAD; read = text.read(head, length, HEAD - length)) {
            length += read;
        }
        text.reset();
        return new String(head, 0, length);
    }
}
