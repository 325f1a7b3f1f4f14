package social.coral.imports;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import social.coral.portability.Turns;

/**
 * Imports a file in a process of its own, whose memory a test bounds, and prints what came of it: {@code FILE [AUTHOR]}.
 * The store takes everything.
 */
final class ImportDrill {

    private ImportDrill() {}

    static void main(String[] args) throws IOException {
        try (InputStream file = Files.newInputStream(Path.of(args[0]));
                ImportRun run = new ImportRun(new Everything(), args.length == 1 ? null : args[1], false, Turns.free())) {
            run.read(file, null);
            ImportResult result = run.end();
            System.out.println(result.imported() + " " + result.rejectedCount() + " " + (result.broken() == null ? "whole" : "broken"));
        }
    }

    /** Takes everything and keeps nothing. */
    private record Everything() implements ImportStore {

        @Override
        public Added add(List<ReadPost> posts) {
            return new Added(posts.size(), 0, Set.of(), Set.of(), Set.of(), Map.of());
        }

        @Override
        public int remove(Collection<String> ids) {
            return 0;
        }

        @Override
        public Removed leaveOut(LeftOutPost.Kind kind, List<LeftOutPost> posts) {
            return new Removed(0, 0, 0, 0);
        }

        @Override
        public Map<String, Instant> removeVersions(Map<String, String> newestByOlder) {
            return Map.of();
        }

        @Override
        public Map<String, Boolean> stored(Collection<String> ids) {
            return Map.of();
        }

        @Override
        public void around(Collection<Instant> times, String author, Consumer<Beginning> taker) {}

        @Override
        public Map<String, String> newestVersions(Set<String> ids) {
            return Map.of();
        }

        @Override
        public void redirectReplies(Map<String, String> newestByOlder) {
            // Nothing is kept.
        }

        @Override
        public void sheetBegins(boolean goesOn) {}

        @Override
        public int minutesBetweenZones() {
            return 0;
        }

        @Override
        public int cutOff() {
            return 0;
        }

        @Override
        public Corrected change(Collection<Change> changes) {
            return new Corrected(0, 0);
        }
    }

    /** One row of a file. */
    interface Row {
        String of(int number, String words);
    }

    /** Writes rows until the file holds about so many megabytes, and tells how many there are. */
    static int write(OutputStream out, int megabytes, String head, Row row, String foot) throws IOException {
        Random random = new Random(7);
        out.write(head.getBytes(StandardCharsets.UTF_8));
        int rows = 0;
        for (long written = 0; written < megabytes * 1_000_000L; rows++) {
            byte[] bytes = row.of(rows + 1, words(random)).getBytes(StandardCharsets.UTF_8);
            out.write(bytes);
            written += bytes.length;
        }
        out.write(foot.getBytes(StandardCharsets.UTF_8));
        return rows;
    }

    static int writeArchive(OutputStream out, int megabytes) throws IOException {
        return write(out, megabytes, "window.YTD.tweets.part0 = [",
                (number, words) -> (number == 1 ? "" : ",\n") + Archives.tweet(String.valueOf(number), words), "]");
    }

    /** A ZIP whose posts come before the name of their owner, so that all of them wait. */
    static int writeZip(Path file, int megabytes) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            zip.putNextEntry(new ZipEntry("data/tweets.js"));
            int rows = writeArchive(zip, megabytes);
            zip.putNextEntry(new ZipEntry("data/account.js"));
            zip.write(Archives.ACCOUNT.getBytes(StandardCharsets.UTF_8));
            return rows;
        }
    }

    private static String words(Random random) {
        StringBuilder words = new StringBuilder();
        while (words.length() < 200) {
            words.append((char) (random.nextInt(6) == 0 ? ' ' : 'a' + random.nextInt(26)));
        }
        return words.toString();
    }
}
