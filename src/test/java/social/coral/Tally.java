package social.coral;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts attacks by what was attacked, and leaves the figures in {@code target/attacks}. */
public final class Tally {

    private final String name;
    private final Map<String, Integer> counts = new TreeMap<>();

    public Tally(String name) {
        this.name = name;
    }

    public void add(String attacked) {
        counts.merge(attacked, 1, Integer::sum);
    }

    public int of(String attacked) {
        return counts.getOrDefault(attacked, 0);
    }

    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Writes a line for each, and the sum. */
    public void write() {
        List<String> lines = new java.util.ArrayList<>();
        counts.forEach((attacked, count) -> lines.add("%6d  %s".formatted(count, attacked)));
        lines.add("%6d  in all".formatted(total()));
        try {
            Files.write(Files.createDirectories(Path.of("target", "attacks")).resolve(name + ".txt"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
