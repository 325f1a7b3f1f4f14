package social.coral.agents.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files of test data: fields between tabs, characters that nobody sees as {@code \}{@code uXXXX}, line breaks as {@code \n}. */
final class DataLines {

    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-F]{4})");

    private DataLines() {}

    static List<String[]> of(String file) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(DataLines.class.getResourceAsStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).map(DataLines::read).map(line -> line.split("\t", -1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String line) {
        return ESCAPE.matcher(line).replaceAll(escape -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))))
                .replace("\\n", "\n");
    }
}
