package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import of a file that is larger than the memory it is given. */
class ImportMemoryTest {

    private static final String HEAP = "-Xmx32m";
    private static final int MEGABYTES = 48;

    @TempDir
    Path folder;

    @Test
    void anArchivePassesThroughLessMemoryThanItHas() throws Exception {
        Path file = folder.resolve("tweets.js");
        int rows;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            rows = ImportDrill.writeArchive(out, MEGABYTES);
        }
        assertThat(drill(file.toString(), "reef")).isEqualTo(rows + " 0 whole");
    }

    @Test
    void aZipWhoseOwnerIsNamedLastDoesToo() throws Exception {
        Path file = folder.resolve("twitter.zip");
        int rows = ImportDrill.writeZip(file, MEGABYTES);
        assertThat(drill(file.toString())).isEqualTo(rows + " 0 whole");
    }

    @Test
    void aTableDoesToo() throws Exception {
        Path file = folder.resolve("posts.csv");
        int rows;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            rows = ImportDrill.write(out, MEGABYTES, "id,text,created_at\n",
                    (number, words) -> number + ",\"" + words + "\",2024-10-01T12:00:00Z\n", "");
        }
        assertThat(drill(file.toString(), "reef")).isEqualTo(rows + " 0 whole");
    }

    /** In each, one row or many take what a post never needs, and stay in memory until more comes. */
    @Test
    void whatARowHoldsBesideAPostTakesNoMemory() throws Exception {
        String post = "{\"id_str\": \"1841088573646540801\", \"full_text\": \"reef\", \"created_at\": \"Tue Oct 01 12:00:00 +0000 2024\"}";
        String manySmall = "{\"a\": [" + (("{\"\":".repeat(90) + "{}" + "}".repeat(90) + ",").repeat(2_100)) + "0]}";
        assertThat(drill(file("tweets.js", "[" + post + ", " + manySmall + "]"), "reef")).isEqualTo("1 0 broken");
        assertThat(drill(file("posts.jsonl", post + "\n" + manySmall + "\n"), "reef")).isEqualTo("1 1 whole");
        assertThat(drill(file("posts.json", "{\n" + post.substring(1) + "\n" + manySmall), "reef")).isEqualTo("1 0 broken");
        assertThat(drill(file("posts.csv", "id,text,created_at\n1841088573646540801,reef,2024-10-01\n" + ",".repeat(980_000) + "\n"), "reef")).isEqualTo("1 0 broken");

        String longId = "\u4e00".repeat(300_000);
        assertThat(drill(file("tweets.js", "[" + post + (", {\"id_str\": \"" + longId + "\", \"full_text\": \"gone\", \"deleted_at\": \"2024\"}").repeat(60) + "]"), "reef"))
                .isEqualTo("1 0 whole");
        String longText = "{\"noteTweet\": {\"noteTweetId\": \"" + longId + "\", \"createdAt\": \"2024-10-01T12:00:00.000Z\", \"core\": {\"text\": \"reef\"}}}";
        assertThat(drill(file("tweets.js", "[" + post + (", " + longText).repeat(60) + "]"), "reef")).isEqualTo("1 0 whole");
    }

    @Test
    void whatABatchOfPostsHoldsBesideTheirTextsTakesNone() throws Exception {
        String links = IntStream.range(0, 3_000).mapToObj(number -> "{\"url\": \"https://t.co/" + "a".repeat(20) + number + "\"}").collect(Collectors.joining(","));
        String versions = IntStream.range(0, 3_000).mapToObj(number -> "\"18410885736465" + (10_000 + number) + "\"").collect(Collectors.joining(","));
        String posts = IntStream.range(0, 190).mapToObj(number -> """
                {"id_str": "18410885736465408%d", "full_text": "reef %d", "created_at": "Tue Oct 01 12:00:00 +0000 2024",
                 "entities": {"media": [%s]}, "edit_history_tweet_ids": [%s]}""".formatted(100 + number, number, links, versions)).collect(Collectors.joining(","));
        assertThat(drill(file("tweets.js", "[" + posts + "]"), "reef")).isEqualTo("190 0 whole");
    }

    @Test
    void theNamesInAnArchiveTakeNone() throws Exception {
        String manifest = "window.__THAR_CONFIG = {\"dataTypes\": {\"tweets\": {\"files\": [{\"count\": \"7\", \"fileName\": \"" + "\u4e00".repeat(500_000) + "\"}]}}}";
        byte[] archive = Archives.zip(IntStream.range(0, 40).boxed().flatMap(number -> Stream.of(
                        number + "/data/account.js", Archives.ACCOUNT,
                        number + "/data/tweets.js", Archives.tweetsJs(Archives.tweet("18410885736465408" + (10 + number), "reef")),
                        number + "/data/manifest.js", manifest))
                .toArray(String[]::new));
        assertThat(drill(Files.write(folder.resolve("archives.zip"), archive).toString())).isEqualTo("40 0 whole");
    }

    @Test
    void theFoldersOfAnArchiveTakeNone() throws Exception {
        List<String> entries = new ArrayList<>(List.of("a/data/account.js", Archives.ACCOUNT, "a/data/tweets.js", Archives.tweetsJs(Archives.tweet("1841088573646540801", "reef"))));
        for (int number = 0; number < 60_000; number++) {
            entries.addAll(List.of("\u4e00".repeat(250) + number + "/data/account.js", "[]"));
        }
        assertThat(drill(Files.write(folder.resolve("folders.zip"), Archives.zip(entries.toArray(String[]::new))).toString())).isEqualTo("1 0 whole");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String drill(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP, "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), ImportDrill.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().reduce((first, second) -> second).orElse("");
    }
}
