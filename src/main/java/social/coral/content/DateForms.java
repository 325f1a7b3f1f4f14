package social.coral.content;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the dates in a text, in numbers and with the names of months in eight languages. */
final class DateForms {

    private static final String DAY = "(\\d{1,2})(?:st|nd|rd|th|er|º|ª|\\.)?";
    private static final String NAME = "(\\p{L}{3,12})\\.?";
    private static final String OF = "(?:of |de |di |d[’']|del )?";
    private static final String START = "(?<![\\p{L}\\p{N}])";
    private static final String END = "(?![\\p{L}\\p{N}])";
    private static final Pattern YEAR_FIRST = Pattern.compile(START + "(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})(?!\\d)");
    private static final Pattern DAY_FIRST = Pattern.compile(START + "(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})" + END);
    private static final Pattern DAY_MONTH = Pattern.compile(START + DAY + " " + OF + NAME + "(?:,? " + OF + "(\\d{4}))?" + END);
    private static final Pattern MONTH_DAY = Pattern.compile(START + NAME + " (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?" + END);
    private static final Pattern MONTH_YEAR = Pattern.compile(START + NAME + ",? " + OF + "(\\d{4})" + END);
    private static final Pattern EAST_ASIAN = Pattern.compile("(?:(\\d{4}) ?[年년] ?)?(\\d{1,2}) ?[月월](?: ?(\\d{1,2}) ?[日일号號])?");
    private static final Map<String, Integer> MONTHS = new HashMap<>();
    /** They are other words, too, as in 8 out of 10, some of them in lower case only: they name a month beside a year. */
    private static final Set<String> OTHER_WORDS = Set.of("out", "Out", "set", "Set", "may", "mar", "ago", "mag", "lug");
    /** The languages that write the day behind the month do so with these names. */
    private static final Set<String> ENGLISH = names("en").keySet();

    static {
        for (String language : List.of("en", "de", "fr", "es", "it", "pt", "nl", "ru")) {
            names(language).forEach(MONTHS::putIfAbsent);
        }
    }

    private DateForms() {}

    private static Map<String, Integer> names(String language) {
        Map<String, Integer> names = new HashMap<>();
        for (Month month : Month.values()) {
            for (TextStyle style : List.of(TextStyle.FULL, TextStyle.FULL_STANDALONE, TextStyle.SHORT, TextStyle.SHORT_STANDALONE)) {
                String name = month.getDisplayName(style, Locale.of(language)).toLowerCase(Locale.ROOT).replace(".", "");
                if (name.length() >= 3) {
                    names.putIfAbsent(name, month.getValue());
                }
            }
        }
        return names;
    }

    /**
     * A date in a text.
     *
     * @param readings what it can mean: {@code year-month-day}, {@code year-month} or {@code --month-day}
     */
    record Found(int start, int end, Set<String> readings) {}

    /** Returns the dates in the order of the text. */
    static List<Found> in(String text) {
        List<Found> found = new ArrayList<>();
        BitSet taken = new BitSet();
        each(YEAR_FIRST, text, found, taken, m -> readings(m.group(1), m.group(3), m.group(4)));
        each(DAY_FIRST, text, found, taken, m -> {
            String year = m.group(4).length() == 2 ? "20" + m.group(4) : m.group(4);
            Set<String> both = new LinkedHashSet<>(readings(year, m.group(3), m.group(1)));
            // The month first, as in the United States; a dot stands behind a day only.
            if (!m.group(2).equals(".")) {
                both.addAll(readings(year, m.group(1), m.group(3)));
            }
            return both;
        });
        each(DAY_MONTH, text, found, taken, m -> named(m.group(3), m.group(2), m.group(1)));
        each(MONTH_DAY, text, found, taken, m -> m.group(3) == null && !ENGLISH.contains(m.group(1).toLowerCase(Locale.ROOT)) ? Set.of() : named(m.group(3), m.group(1), m.group(2)));
        each(MONTH_YEAR, text, found, taken, m -> named(m.group(2), m.group(1), null));
        each(EAST_ASIAN, text, found, taken, m -> m.group(1) == null && m.group(3) == null ? Set.of() : readings(m.group(1), m.group(2), m.group(3)));
        found.sort(Comparator.comparingInt(Found::start));
        return found;
    }

    private interface Reading {
        Set<String> of(Matcher matcher);
    }

    private static void each(Pattern pattern, String text, List<Found> found, BitSet taken, Reading reading) {
        Matcher matcher = pattern.matcher(text);
        int from = 0;
        while (from <= text.length() && matcher.find(from)) {
            Set<String> readings = reading.of(matcher);
            int next = taken.nextSetBit(matcher.start());
            if (!readings.isEmpty() && (next < 0 || next >= matcher.end())) {
                found.add(new Found(matcher.start(), matcher.end(), readings));
                taken.set(matcher.start(), matcher.end());
            }
            // What is no date may begin inside of what only looked like one.
            from = readings.isEmpty() ? matcher.start() + 1 : matcher.end();
        }
    }

    private static Set<String> named(@Nullable String year, String name, @Nullable String day) {
        Integer month = MONTHS.get(name.toLowerCase(Locale.ROOT));
        return month == null || year == null && OTHER_WORDS.contains(name) ? Set.of() : readings(year, month.toString(), day);
    }

    private static Set<String> readings(@Nullable String year, String month, @Nullable String day) {
        int m = Integer.parseInt(month);
        int d = day == null ? 1 : Integer.parseInt(day);
        return m < 1 || m > 12 || d < 1 || d > 31 ? Set.of() : Set.of(form(year == null ? null : Integer.valueOf(year), m, day == null ? null : d));
    }

    static String form(@Nullable Integer year, int month, @Nullable Integer day) {
        return (year == null ? "-" : year.toString()) + "-" + month + (day == null ? "" : "-" + day);
    }
}
