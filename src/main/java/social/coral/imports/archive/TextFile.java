package social.coral.imports.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.PostRow.Kind;

/** A text file. Distinguishes JSON, JSON Lines, X's JavaScript and CSV by how they begin. */
final class TextFile {

    private static final int HEAD = 1 << 16;

    private TextFile() {}

    static void read(InputStream file, @Nullable String name, PostSink sink) throws BrokenFile, UnreadableFile, IOException {
        PeekStream in = PeekStream.of(file, HEAD);
        byte[] start = in.peek(HEAD);
        TextEncoding encoding = TextEncoding.of(start);
        if (encoding == TextEncoding.UTF_8 && isBinary(start)) {
            throw UnreadableFile.unknown("This file is neither text nor a ZIP. If it is one part of a ZIP that was split (.z01, .zip.002), join all parts first and upload the whole ZIP.");
        }
        Reader decoded = encoding == TextEncoding.UTF_8 ? new UnmarkedText(in, () -> sink.note(Place.of(name),
                "The file is not UTF-8. It was read as windows-1252, as spreadsheets save it; check letters with accents.")) : encoding.reader(in);
        Reader text = new BufferedReader(decoded, HEAD);
        String head = in.peek(text, HEAD);
        if (head.startsWith("\uFEFF")) {
            text.skip(1);
            head = head.substring(1);
        }
        if (head.isBlank()) {
            throw UnreadableFile.content("This file is empty.");
        }
        readText(text, head, name, sink);
    }

    /** Of random bytes, one in ten is a control character that no text has. */
    private static boolean isBinary(byte[] start) {
        int controls = 0;
        for (byte one : start) {
            controls += one >= 0 && one < ' ' && !(one >= '\t' && one <= '\r') ? 1 : 0;
        }
        return controls * 20L > start.length;
    }

    private static void readText(Reader text, String head, @Nullable String name, PostSink sink) throws BrokenFile, UnreadableFile, IOException {
        Matcher assignment = Variable.ASSIGNMENT.matcher(head);
        if (assignment.lookingAt()) {
            text.skip(assignment.end());
            readVariable(Variable.named(assignment.group(1)), text, name, sink);
        } else if (head.stripLeading().startsWith("[")) {
            JsonPosts.readLists(text, name, Kind.POST, sink);
        } else if (head.stripLeading().startsWith("{")) {
            JsonObjects.read(text, head, name, sink);
        } else if (head.stripLeading().startsWith("<")) {
            throw UnreadableFile.unknown("This is a web page or XML. If it is from your X archive, upload the whole ZIP. If a program saved a table in it, save the table as CSV (UTF-8).");
        } else {
            CsvPosts.read(text, head, head.length() < HEAD - 1, name, sink);
        }
    }

    private static void readVariable(Variable variable, Reader text, @Nullable String name, PostSink sink) throws BrokenFile, UnreadableFile, IOException {
        Kind kind = variable.kind();
        if (kind != null) {
            JsonPosts.readLists(text, name, kind, sink);
            return;
        }
        switch (variable) {
            case OWNER -> ArchiveFacts.readOwner(text, name, sink);
            case MANIFEST -> ArchiveFacts.readManifest(text, name, sink);
            case INDEX -> ArchiveFacts.readIndex(text, name, sink);
            case TOTAL -> ArchiveFacts.readTotal(text, name, sink);
            default -> throw UnreadableFile.content("This file of an X archive holds no posts. Send the whole ZIP, or its data/tweets.js.");
        }
    }
}
