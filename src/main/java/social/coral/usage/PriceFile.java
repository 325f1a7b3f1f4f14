package social.coral.usage;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import social.coral.installation.StartFault;
import social.coral.usage.PriceList.Line;

/** Reads a file of prices. A line that cannot be read, or that can never apply, is a {@link StartFault} that says which one and why. */
final class PriceFile {

    private static final BigDecimal MAX_USD = BigDecimal.valueOf(1_000_000);
    private static final long MAX_BYTES = 1 << 20;
    private static final List<String> COLUMNS = List.of("service", "model", "unit", "usd", "per", "valid_from", "source");
    private static final String OVER = "over";
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder()
            .setHeader().setSkipHeaderRecord(true).setTrim(true).setIgnoreEmptyLines(true).setCommentMarker('#').get();

    private final String name;
    private final boolean own;
    private final List<Line> shipped;
    private final Set<String> names = new HashSet<>();

    private PriceFile(String name, boolean own, List<Line> shipped) {
        this.name = name;
        this.own = own;
        this.shipped = shipped;
    }

    /** A service that is added in a file of its own brings its prices along, so there may be several. */
    static List<Line> shipped() {
        List<Line> lines = new ArrayList<>();
        try {
            for (Resource resource : new PathMatchingResourcePatternResolver().getResources("classpath*:" + PriceList.FILE)) {
                try (InputStream file = resource.getInputStream()) {
                    lines.addAll(new PriceFile(resource.getDescription(), false, List.of()).read(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    /** @param shipped the lines that say which services and units there are */
    static List<Line> own(Path file, List<Line> shipped) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new StartFault(file + " is longer than a list of prices can be.");
            }
            String text = Files.readString(file);
            // Spreadsheets mark a text in UTF-8 at its beginning.
            return new PriceFile(file.toString(), true, shipped).read(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (IOException e) {
            throw new StartFault(file + " cannot be read. It must be a CSV file in UTF-8.", e);
        }
    }

    private List<Line> read(String text) {
        long line = 1;
        try (CSVParser parser = FORMAT.parse(new StringReader(text))) {
            checkHeader(parser.getHeaderNames());
            List<Line> lines = new ArrayList<>();
            line = parser.getCurrentLineNumber() + 1;
            for (Iterator<CSVRecord> records = parser.iterator(); records.hasNext(); line = parser.getCurrentLineNumber() + 1) {
                CSVRecord record = records.next();
                line = parser.getCurrentLineNumber();
                lines.add(line(record));
            }
            return lines;
        } catch (NotAPrice e) {
            throw new StartFault(name + ", line " + line + ": " + e.getMessage() + " A price needs service, model (or nothing), unit, usd,"
                    + " per, valid_from and source, such as openai,gpt-5-mini,input_token,0.25,1000000,2025-08-07,my contract.", e);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new StartFault(name + ", line " + line + ": A quotation mark is not closed, or something stands between it and the next comma.", e);
        }
    }

    private static void checkHeader(List<String> names) {
        boolean isKnown = names.stream().allMatch(column -> COLUMNS.contains(column) || column.equals(OVER));
        if (!names.isEmpty() && !(isKnown && names.containsAll(COLUMNS) && names.stream().distinct().count() == names.size())) {
            throw new NotAPrice("The first line must be " + String.join(",", COLUMNS) + ", with commas.");
        }
    }

    private Line line(CSVRecord record) {
        if (!COLUMNS.stream().allMatch(record::isSet) || record.size() > record.getParser().getHeaderNames().size()) {
            throw new NotAPrice("It has " + record.size() + " cells.");
        }
        Line line = new Line(record.get("service"), record.get("model"), record.get("unit"), usd(record.get("usd")), whole("per", record.get("per"), 1, MAX_USD.longValue()),
                day(record.get("valid_from")), record.get("source"),
                record.isSet(OVER) && !record.get(OVER).isEmpty() ? (int) whole(OVER, record.get(OVER), 0, Integer.MAX_VALUE) : 0, own);
        if (own) {
            checkThatItApplies(line);
        }
        if (!names.add(line.name() + " " + line.validFrom())) {
            throw new NotAPrice("A line before it sets the price of " + line.name() + " from the same day on.");
        }
        return line;
    }

    /** A price that no call asks for would leave the shipped one in place without a word. */
    private void checkThatItApplies(Line line) {
        Set<String> services = shipped.stream().map(Line::service).collect(Collectors.toCollection(TreeSet::new));
        if (!services.contains(line.service())) {
            throw new NotAPrice("There is no service \"" + line.service() + "\". The services are " + String.join(", ", services) + ".");
        }
        List<Line> ofService = shipped.stream().filter(known -> known.service().equals(line.service())).toList();
        Set<String> units = ofService.stream().map(Line::unit).collect(Collectors.toCollection(TreeSet::new));
        boolean hasModels = units.contains(PriceList.INPUT);
        units.addAll(hasModels ? PriceList.TOKENS : Set.of());
        if (!units.contains(line.unit())) {
            throw new NotAPrice("There is no unit \"" + line.unit() + "\" of " + line.service() + ". Its units are " + String.join(", ", units) + ".");
        }
        if (!hasModels && !(line.model().isEmpty() && line.over() == 0)) {
            throw new NotAPrice(line.service() + " has no models, so model and over stay empty.");
        }
        if (!line.model().matches("\\S{0,100}")) {
            throw new NotAPrice("\"" + line.model() + "\" cannot be the name of a model.");
        }
    }

    private static BigDecimal usd(String text) {
        try {
            BigDecimal usd = new BigDecimal(text);
            if (usd.signum() >= 0 && usd.compareTo(MAX_USD) <= 0 && usd.scale() <= 12) {
                return usd;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new NotAPrice("usd is \"" + text + "\". Write a number such as 0.25.");
    }

    private static long whole(String column, String text, long least, long most) {
        if (text.matches("[0-9]{1,12}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most) {
            return Long.parseLong(text);
        }
        throw new NotAPrice(column + " is \"" + text + "\". Write a whole number from " + least + " to " + most + ".");
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new NotAPrice("valid_from is \"" + text + "\". Write a day such as 2025-08-07.");
        }
    }

    /** What is wrong with a line. */
    private static final class NotAPrice extends RuntimeException {
        NotAPrice(String sentence) {
            super(sentence, null, false, false);
        }
    }
}
