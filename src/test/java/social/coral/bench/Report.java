package social.coral.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of figures, printed and written down as Markdown. */
final class Report {

    private final List<String> lines = new ArrayList<>();

    void heading(String text) {
        lines.add((lines.isEmpty() ? "" : "\n") + "## " + text + "\n\n| what | a second | ratio |\n| --- | ---: | --- |");
    }

    /** Tells who waits what is going on. */
    void progress(String text) {
        System.out.println(text + "…");
    }

    /** A figure, and what it is a share of in words such as {@code 0.43 of the direct query}; empty for the measure itself. */
    void row(String what, double perSecond, String ratio) {
        lines.add("| %s | %,d | %s |".formatted(what, Math.round(perSecond), ratio));
    }

    /** The heading of a table of waiting times. */
    void waits(String text) {
        lines.add("\n## " + text + "\n\n| attack | p50 quiet | p50 | p99 quiet | p99 | p99 ratio |\n| --- | ---: | ---: | ---: | ---: | ---: |");
    }

    /** How long answers took in quiet and meanwhile, in nanoseconds. */
    void waited(String what, List<Long> quiet, List<Long> meanwhile) {
        String line = String.format(Locale.ROOT, "| %s | %.1f ms | %.1f ms | %.1f ms | %.1f ms | %.1f |", what,
                percentile(quiet, 50) / 1e6, percentile(meanwhile, 50) / 1e6, percentile(quiet, 99) / 1e6, percentile(meanwhile, 99) / 1e6,
                (double) percentile(meanwhile, 99) / percentile(quiet, 99));
        lines.add(line);
        progress(line);
    }

    /** The heading of a table of calls of models. */
    void models(String text) {
        lines.add("\n## " + text + """


                | answer | the provider alone | through the port | added | ratio | the meter alone | round trips | allocated | bytes for one of the answer |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |""");
    }

    /**
     * A call of a model.
     *
     * @param millis what the provider alone took, the call through the port, what was added, and what reserving and settling took
     * @param allocated bytes, beyond what a bare client allocates
     */
    void model(String what, double[] millis, double ratio, int roundTrips, double allocated, int length) {
        String line = String.format(Locale.ROOT, "| %s | %.2f ms | %.2f ms | %.2f ms | %.3g | %.2f ms | %d | %,.0f KB | %.1f |",
                what, millis[0], millis[1], millis[2], ratio, millis[3], roundTrips, allocated / 1024, allocated / length);
        lines.add(line);
        progress(line);
    }

    /** The heading of a table of how well something is done. */
    void qualities(String text) {
        lines.add("\n## " + text + "\n\n| what | of 1 |\n| --- | ---: |");
    }

    /** How well something is done, 1 at best. */
    void quality(String what, double figure) {
        lines.add(String.format(Locale.ROOT, "| %s | %.2f |", what, figure));
    }

    /** The heading of a table of costs. */
    void costs(String text) {
        lines.add("\n## " + text + "\n\n| what | calls | tokens in | tokens out | US dollars |\n| --- | ---: | ---: | ---: | ---: |");
    }

    /** What something costs; without calls it is a sum. */
    void cost(String what, double calls, double tokensIn, double tokensOut, double usd) {
        lines.add(calls == 0 ? String.format(Locale.ROOT, "| %s | | | | %.4f |", what, usd)
                : String.format(Locale.ROOT, "| %s | %.1f | %,.0f | %,.0f | %.4f |", what, calls, tokensIn, tokensOut, usd));
    }

    private static long percentile(List<Long> values, int percent) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    void note(String sentence) {
        lines.add("\n" + sentence);
    }

    static String share(double ratio, String of) {
        return String.format(Locale.ROOT, "%.2f of %s", ratio, of);
    }

    void end(Path file) throws IOException {
        String text = String.join("\n", lines) + "\n";
        Files.writeString(file, text);
        System.out.println("\n" + text);
    }
}
