package social.coral.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

/**
 * What services charge: the lines of {@code prices.csv} that ship with the product, and those of a file of that name by the operator in
 * the data folder, which go before them. A line holds from its day on, until a later one.
 */
public final class PriceList {

    /** The name of the operator's file in the data folder. */
    public static final String FILE = "prices.csv";

    static final String INPUT = "input_token";
    static final String CACHED = "cached_input_token";
    static final String OUTPUT = "output_token";
    static final Set<String> TOKENS = Set.of(INPUT, CACHED, OUTPUT);
    private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);

    /**
     * One price.
     *
     * @param model empty for what is charged alike whichever model answers, and for services without models
     * @param usd what {@code per} units cost, in US dollars
     * @param source where the price is published, or the operator's own word
     * @param over the line holds for calls that read more tokens than this; 0 for all
     * @param own whether it is in the operator's file
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
     *     the model has no price, or not for all, and the dearest of its provider was taken, and with {@value #SAID} where its provider said
     *     what the call cost
     */
    public record Cost(long microUsd, String price) {

        static final String ASSUMED = "assumed:";
        static final String SAID = "said:";

        /** Reports whether the model has no price of its own. */
        public boolean isAssumed() {
            return price.startsWith(ASSUMED);
        }
    }

    private final List<Line> lines;

    private PriceList(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /** Reads what ships, and the operator's file where there is one. A line that cannot be read or can never apply stops the start. */
    public static PriceList of(Path own) {
        List<Line> lines = new ArrayList<>(PriceFile.shipped());
        lines.addAll(PriceFile.own(own, lines));
        return new PriceList(lines);
    }

    /**
     * Returns what a call costs that uses so much at a time: by what its provider says, if that is more or the price is not known. A call of a
     * unit that no line knows is a fault of ours rather than free.
     */
    public Cost cost(Call call, Amount amount, Instant at) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        String model = Objects.requireNonNullElse(call.model(), "");
        int read = amount.inputTokens();
        Map<String, Line> prices = valid(call.service(), "", day, read);
        prices.putAll(model.isEmpty() ? Map.of() : valid(call.service(), model, day, read));
        Map<String, Integer> quantities = quantities(call, amount);
        Map<String, Line> dearest = prices.keySet().containsAll(quantities.keySet()) ? Map.of() : dearest(call.service(), model, day, read);
        Set<Line> applied = new TreeSet<>(Comparator.comparing(Line::unit));
        boolean assumed = false;
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<String, Integer> used : quantities.entrySet()) {
            String unit = used.getKey();
            String priced = unit.equals(CACHED) && !prices.containsKey(CACHED) ? INPUT : unit;
            Line line = prices.getOrDefault(priced, dearest.get(priced));
            if (line == null) {
                throw new IllegalStateException("no price says what a " + unit + " of " + call.service() + " costs");
            }
            assumed |= !prices.containsKey(priced) && (used.getValue() > 0 || Stream.of(INPUT, OUTPUT).noneMatch(prices::containsKey));
            applied.add(line);
            sum = sum.add(line.microUsd().multiply(BigDecimal.valueOf(used.getValue())));
        }
        long cost = sum.setScale(0, RoundingMode.CEILING).longValueExact();
        boolean isSaid = amount.saidMicroUsd() > cost || assumed && amount.saidMicroUsd() > 0;
        return new Cost(isSaid ? amount.saidMicroUsd() : cost, name(call.service(), model, applied, isSaid ? Cost.SAID : assumed ? Cost.ASSUMED : ""));
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

    /** Of each unit the dearest price of any model of the service; for a name such as {@code openai/gpt-5} not less than the price at its maker. */
    private Map<String, Line> dearest(String service, String model, LocalDate day, int read) {
        Map<String, Line> dearest = dearest(service, day, read);
        int slash = model.indexOf('/');
        String maker = slash < 0 ? service : model.substring(0, slash);
        if (!maker.equals(service)) {
            Map<String, Line> ofModel = valid(maker, model.substring(slash + 1), day, read);
            Map<String, Line> ofMaker = dearest(maker, day, read);
            ofMaker.putAll(ofModel);
            ofMaker.forEach((unit, line) -> dearest.merge(unit, line, PriceList::dearer));
        }
        return dearest;
    }

    private Map<String, Line> dearest(String service, LocalDate day, int read) {
        Map<String, Line> dearest = new HashMap<>();
        lines.stream().filter(line -> line.service().equals(service) && !line.model().isEmpty()).map(Line::model).distinct()
                .forEach(model -> valid(service, model, day, read).forEach((unit, line) -> dearest.merge(unit, line, PriceList::dearer)));
        return dearest;
    }

    private static Line dearer(Line one, Line other) {
        return one.microUsd().compareTo(other.microUsd()) >= 0 ? one : other;
    }

    /** The operator's line holds from its day on even where a later one ships, and for long prompts unless it has one for these. */
    private static Line later(Line one, Line other) {
        return Comparator.comparing(Line::own).thenComparing(Line::validFrom).thenComparing(Line::over).compare(one, other) > 0 ? one : other;
    }

    private static String name(String service, String model, Collection<Line> applied, String mark) {
        LocalDate newest = applied.stream().map(Line::validFrom).max(Comparator.naturalOrder()).orElse(LocalDate.EPOCH);
        return mark + service + (model.isEmpty() ? "" : "/" + model) + "@" + newest
                + (applied.stream().anyMatch(Line::own) ? "+own" : "");
    }
}
