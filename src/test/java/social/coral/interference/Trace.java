package social.coral.interference;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;
import social.coral.TestPerson;

/**
 * Everything that one person was told, in order. Two traces are compared after ids and moments have become numbers in the order in which
 * they appeared: what is left is what the person could tell two histories apart by.
 */
final class Trace {

    private static final Set<String> PASSING = Set.of("date", "ratelimit", "content-length", "transfer-encoding", "connection", "keep-alive");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|\\+00:00)?");
    private static final Pattern MOMENT_IN_A_PAGE = Pattern.compile("<time[^>]*>[^<]*</time>|\\w{3} \\d{1,2} \\w{3} \\d{4}, \\d\\d:\\d\\d:\\d\\d \\([\\w/+-]+\\)");
    private static final Pattern COLOUR_OF_AN_ADDRESS = Pattern.compile("initial tone-\\w+");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    /** Made of the body, which is compared itself. */
    private static final Pattern ENTITY_TAG = Pattern.compile("W/\"[0-9a-f]{32}\"");
    // Sizes vary with the digits of a moment, which PostgreSQL writes without zeros at their end, and work with the machine.
    private static final Pattern SIZE_OR_SECOND = Pattern.compile("(\"(?:bytes|timestamp|worked_ms)\" ?: ?)\\d+");
    private static final Pattern TOKEN = Pattern.compile("(?<![A-Za-z0-9_-])(?:[A-Za-z0-9_-]{43}){1,2}(?![A-Za-z0-9_-])");

    private final List<String> told = new ArrayList<>();

    void add(TestPerson person, String asked, int status, Map<String, List<String>> headers, String body) {
        String kept = headers.entrySet().stream()
                .filter(header -> !PASSING.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .map(header -> header.getKey().toLowerCase(Locale.ROOT) + ": " + header.getValue())
                .sorted()
                .collect(Collectors.joining("\n"));
        told.add((asked + "\n" + status + "\n" + kept + "\n" + body).replace(person.email(), "EMAIL").replace(person.cookie(), "COOKIE"));
    }

    void add(String what) {
        told.add(what);
    }

    /** The files of an archive, each line without what is by chance, in an order that is not. */
    static String unpacked(byte[] archive) {
        StringBuilder all = new StringBuilder();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String text = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                text = SIZE_OR_SECOND.matcher(text).replaceAll("$1N");
                text = HASH.matcher(MOMENT.matcher(ID.matcher(text).replaceAll("ID")).replaceAll("MOMENT")).replaceAll("HASH");
                all.append(entry.getName()).append('\n').append(Arrays.stream(text.split("\n")).sorted().collect(Collectors.joining("\n"))).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString();
    }

    /** The words of a PDF, whose fonts have a name by chance. */
    static String read(byte[] document) {
        try (PdfReader pdf = new PdfReader(document)) {
            PdfTextExtractor words = new PdfTextExtractor(pdf);
            StringBuilder all = new StringBuilder();
            for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
                all.append(words.getTextFromPage(page)).append('\n');
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The trace with ids and moments numbered as they appear. A moment told to the second could fall together with another by chance. */
    List<String> normal() {
        Map<String, String> numbers = new HashMap<>();
        return told.stream().map(entry -> {
            String text = COLOUR_OF_AN_ADDRESS.matcher(MOMENT_IN_A_PAGE.matcher(entry).replaceAll("MOMENT")).replaceAll("COLOUR");
            text = ID.matcher(text).replaceAll(found -> numbers.computeIfAbsent(found.group(), id -> "id-" + numbers.size()));
            text = MOMENT.matcher(text).replaceAll(found -> numbers.computeIfAbsent(found.group(), moment -> moment.contains(".") ? "moment-" + numbers.size() : "MOMENT"));
            return TOKEN.matcher(HASH.matcher(ENTITY_TAG.matcher(text).replaceAll("TAG")).replaceAll("HASH")).replaceAll("TOKEN");
        }).toList();
    }
}
