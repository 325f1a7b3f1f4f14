package social.coral.imports;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import social.coral.portability.Turns;

/** Files as X and other programs write them. */
public final class Archives {

    public static final String ACCOUNT = """
            window.YTD.account.part0 = [ { "account" : { "email" : "reef@example.org", "username" : "ReefKeeper", "accountId" : "42" } } ]
            """;

    private Archives() {}

    public static String tweetsJs(String... entries) {
        return "window.YTD.tweets.part0 = [ " + String.join(", ", entries) + " ]";
    }

    public static String tweet(String id, String text) {
        return """
                {"tweet": {"edit_info": {"initial": {"editTweetIds": ["1"]}}, "retweeted": false, "entities": {"urls": [], "user_mentions": [{"id": "7"}]},
                 "favorite_count": "5", "id_str": "%s", "id": "%s", "retweet_count": "2", "created_at": "Tue Oct 01 12:00:00 +0000 2024",
                 "full_text": "%s", "lang": "en"}}""".formatted(id, id, text);
    }

    public static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Imports a file into this store. */
    static ImportResult read(MemoryStore store, byte[] file, @Nullable String author) {
        try (ImportRun run = new ImportRun(store, author, false, Turns.free())) {
            run.read(new ByteArrayInputStream(file), null);
            return run.end();
        }
    }

    /** A ZIP of names and texts in turn. */
    public static byte[] zip(String... namesAndTexts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
