package social.coral.usage;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import social.coral.installation.StartFault;

/**
 * What services charge: the lines of {@code prices.csv} that ship with the product, and those of the operator's own file of that name in
 * the data folder, which go before them. A line holds from its day on, until a later one.
 */
public final class PriceList {

    /** The name of the operator's file in the data folder. */
    public static final String FILE = "prices.csv";

    static final String INPUT = "input_token";
    static final String CACHED = "cached_input_token";
    static final String OUTPUT = "output_token";
    private static final Set<String> TOKENS = Set.of(INPUT, CACHED, OUTPUT);
    private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal MAX_USD = BigDecimal.valueOf(1_000_000);
    private static final long MAX_FILE_BYTES = 1 << 20;
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder()
            .setHeader().setSkipHeaderRecord(true).setTrim(true).setIgnoreEmptyLines(true).setCommentMarker('#').get();

    /**
     * One price.
     *
     * @param model empty for what is charged alike whichever model answers, and for services without models
     * @param usd what {@code per} units cost, in US dollars
     * @param source where the price is published, or the operator's own word
     * @param over the line holds for calls that read more tokens than this; 0 for all
     * @param own whether it stands in the operator's file
     */
    public record Line(String service, String model, String unit, BigDecimal usd, long per, LocalDate validFrom, String source, int over, boolean own) {

        /** Returns what it is the price of, such as {@code x post} or {@code openai gpt-5-mini input_token}. */
        public String name() {
            return over == 0 ? unitName() : unitName() + " above " + over + " tokens";
        }

        /** The operator's price goes for long prompts, too, unless these have one of the operator's. */
        private boolean replaces(Line shipped) {
            return own && over == 0 && unitName().equals(shipped.unitName());
        }

        private String unitName() {
            return service + " " + (model.isEmpty() ? "" : model + " ") + unit;
        }

        private BigDecimal microUsd() {
            return usd.multiply(MICRO).divide(BigDecimal.valueOf(per), 12, RoundingMode.CEILING);
        }
    }

    /**
     * What a call costs.
     *
     * @param price names the price that was applied, such as {@code openai/gpt-5-mini@2025-08-07}; it begins with {@value #ASSUMED} where
     *     the model has no price and the dearest of its provider was taken
     */
    public record Cost(long microUsd, String price) {

        static final String ASSUMED = "assumed:";

        /** Reports whether the model has no price of its own. */
        public boolean isAssumed() {
            return price.startsWith(ASSUMED);
        }
    }

    private final List<Line> lines;

    private PriceList(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /** Reads what ships, and the operator's file where there is one. A line that cannot be read is a {@link StartFault} that names it. */
    public static PriceList of(Path own) {
        List<Line> lines = new ArrayList<>(shipped());
        lines.addAll(own(own));
        return new PriceList(lines);
    }

    /**
     * Returns what a call costs that uses so much at a time. A call of a unit that no line knows is a fault of ours rather than free.
     */
    public Cost cost(Call call, Amount amount, Instant at) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        String model = Objects.requireNonNullElse(call.model(), "");
        int read = amount.inputTokens();
        Map<String, Line> prices = valid(call.service(), "", day, read);
        Map<String, Line> ofModel = model.isEmpty() ? Map.of() : valid(call.service(), model, day, read);
        boolean assumed = !model.isEmpty() && Stream.of(prices, ofModel).flatMap(lines -> lines.keySet().stream()).noneMatch(TOKENS::contains);
        prices.putAll(assumed ? dearest(call.service(), day, read) : ofModel);
        Set<Line> applied = new TreeSet<>(Comparator.comparing(Line::unit));
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<String, Integer> used : quantities(call, amount).entrySet()) {
            Line line = prices.get(used.getKey());
            if (line == null && used.getKey().equals(CACHED)) {
                line = prices.get(INPUT);
            }
            if (line == null) {
                throw new IllegalStateException("no price says what a " + used.getKey() + " of " + call.service() + " costs");
            }
            applied.add(line);
            sum = sum.add(line.microUsd().multiply(BigDecimal.valueOf(used.getValue())));
        }
        return new Cost(sum.setScale(0, RoundingMode.CEILING).longValueExact(), name(call.service(), model, applied, assumed));
    }

    /** Returns the services that have prices. */
    public List<String> services() {
        return lines.stream().map(Line::service).distinct().sorted().toList();
    }

    /** Returns the lines that hold at a time, of the operator's file before those that they replace. */
    public List<Line> valid(Instant at) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        Map<String, Line> valid = new TreeMap<>();
        lines.stream().filter(line -> !line.validFrom().isAfter(day))
                .forEach(line -> valid.merge(line.name(), line, PriceList::later));
        return valid.values().stream().filter(line -> line.own() || valid.values().stream().noneMatch(own -> own.replaces(line))).toList();
    }

    /** Returns the operator's lines that hold although a newer price for the same ships. */
    public List<Line> outdated(Instant at) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        return valid(at).stream()
                .filter(own -> own.own() && lines.stream().anyMatch(line -> !line.own() && line.name().equals(own.name())
                        && line.validFrom().isAfter(own.validFrom()) && !line.validFrom().isAfter(day)))
                .toList();
    }

    private static Map<String, Integer> quantities(Call call, Amount amount) {
        Map<String, Integer> quantities = new TreeMap<>();
        if (call.model() != null) {
            quantities.put(INPUT, amount.inputTokens() - amount.cachedTokens());
            quantities.put(CACHED, amount.cachedTokens());
            quantities.put(OUTPUT, amount.outputTokens());
        }
        if (!call.unit().isEmpty()) {
            quantities.put(call.unit(), amount.units());
        }
        return quantities;
    }

    /** @param read how many tokens the call reads */
    private Map<String, Line> valid(String service, String model, LocalDate day, int read) {
        Map<String, Line> valid = new HashMap<>();
        lines.stream().filter(line -> line.service().equals(service) && line.model().equals(model) && !line.validFrom().isAfter(day))
                .filter(line -> line.over() == 0 || line.over() < read)
                .forEach(line -> valid.merge(line.unit(), line, PriceList::later));
        return valid;
    }

    /** Of each unit the dearest price of any model of the service. */
    private Map<String, Line> dearest(String service, LocalDate day, int read) {
        Map<String, Line> dearest = new HashMap<>();
        lines.stream().filter(line -> line.service().equals(service) && !line.model().isEmpty()).map(Line::model).distinct()
                .forEach(model -> valid(service, model, day, read).forEach((unit, line) ->
                        dearest.merge(unit, line, (one, other) -> one.microUsd().compareTo(other.microUsd()) >= 0 ? one : other)));
        return dearest;
    }

    /** The operator's line holds from its day on even where a later one ships, and for long prompts unless it has one for these. */
    private static Line later(Line one, Line other) {
        return Comparator.comparing(Line::own).thenComparing(Line::validFrom).thenComparing(Line::over).compare(one, other) > 0 ? one : other;
    }

    private static String name(String service, String model, Collection<Line> applied, boolean assumed) {
        LocalDate newest = applied.stream().map(Line::validFrom).max(Comparator.naturalOrder()).orElse(LocalDate.EPOCH);
        return (assumed ? Cost.ASSUMED : "") + service + (model.isEmpty() ? "" : "/" + model) + "@" + newest
                + (applied.stream().anyMatch(Line::own) ? "+own" : "");
    }

    private static List<Line> shipped() {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(PriceList.class.getResourceAsStream("/" + FILE)), StandardCharsets.UTF_8)) {
            return read(reader, FILE, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Line> own(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new StartFault(file + " is longer than a list of prices can be.");
            }
            try (Reader reader = Files.newBufferedReader(file)) {
                return read(reader, file.toString(), true);
            }
        } catch (IOException e) {
            throw new StartFault(file + " cannot be read. It must be a CSV file in UTF-8.", e);
        }
    }

    private static List<Line> read(Reader reader, String file, boolean own) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (CSVRecord record : FORMAT.parse(reader)) {
            try {
                lines.add(line(record, own));
            } catch (IllegalArgumentException | DateTimeParseException e) {
                throw new StartFault(file + ", line " + (record.getParser().getCurrentLineNumber()) + ": a price needs service, model (or nothing), unit, usd,"
                        + " per, valid_from and source, such as openai,gpt-5-mini,input_token,0.25,1000000,2025-08-07,my contract.", e);
            }
        }
        return lines;
    }

    private static Line line(CSVRecord record, boolean own) {
        BigDecimal usd = new BigDecimal(record.get("usd"));
        long per = Long.parseLong(record.get("per"));
        String service = record.get("service");
        String unit = record.get("unit");
        int over = record.isSet("over") && !record.get("over").isEmpty() ? Integer.parseInt(record.get("over")) : 0;
        if (usd.signum() < 0 || over < 0 || usd.compareTo(MAX_USD) > 0 || usd.scale() > 12 || per < 1 || per > MAX_USD.longValue() || service.isEmpty() || unit.isEmpty()) {
            throw new IllegalArgumentException("no price");
        }
        return new Line(service, record.get("model"), unit, usd, per, LocalDate.parse(record.get("valid_from")), record.get("source"), over, own);
    }
}
