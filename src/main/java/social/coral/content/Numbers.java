package social.coral.content;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the numbers in a readable text, in digits and in words, each in one form however it is written. */
final class Numbers {

    private static final Pattern DIGITS = Pattern.compile("\\d{1,3}(?: \\d{3}){1,9}+(?!\\d)(?:[.,]\\d++)?|\\d++(?:[.,'’:/⁄]\\d++)*+");
    private static final Pattern WORD = Pattern.compile("\\p{L}++");
    private static final Pattern PERCENT = Pattern.compile("(?i)\\.? ?%|[ -]?(?:per ?cent(?:age points?)?|percentage points?|prozent(?:punkte?n?)?|pour ?cent|por ?ciento|per ?cento|por ?cento|procent|pct)(?!\\p{L})");
    private static final Pattern EAST_ASIAN_SCALE = Pattern.compile(" ?([千천百万萬만亿億억])");
    private static final Pattern SCALE_WORD = Pattern.compile("[ -]?(\\p{L}{2,10})");
    private static final Pattern SCALE_LETTER = Pattern.compile("([kKMB])(?!\\p{L})");
    private static final Pattern CURRENCY = Pattern.compile("(?i)(?:(?<=\\p{L})\\.)? ?(?:([$€£¥₹])|(usd|eur|gbp|chf|jpy|inr|dollars?|dólares|euros?|pounds?|pfund|libras|francs?|franken|yen|rupees)(?!\\p{L}))");
    private static final Pattern RANGE = Pattern.compile(" ?[-–—~] ?| (?:to|bis|à|a) ");
    private static final Map<String, String> CURRENCIES = Map.ofEntries(Map.entry("usd", "$"), Map.entry("dollar", "$"), Map.entry("dollars", "$"),
            Map.entry("dólares", "$"),
            Map.entry("eur", "€"), Map.entry("euro", "€"), Map.entry("euros", "€"), Map.entry("gbp", "£"), Map.entry("pound", "£"),
                    Map.entry("pounds", "£"), Map.entry("pfund", "£"),
            Map.entry("libras", "£"), Map.entry("jpy", "¥"), Map.entry("yen", "¥"), Map.entry("inr", "₹"), Map.entry("rupees", "₹"));
    private static final Map<String, Long> SCALES = Map.of("千", 1_000L, "천", 1_000L, "百", 100L, "万", 10_000L, "萬", 10_000L, "만", 10_000L, "亿",
            100_000_000L,
            "億", 100_000_000L, "억", 100_000_000L);
    private static final int MOST_DIGITS = 30;

    private Numbers() {}

    /**
     * A number in a text.
     *
     * @param value in one form, such as {@code 1250.5} or {@code -3}
     * @param unit a percent sign, a sign of money, or nothing
     */
    record Found(int start, int end, String value, String unit) {

        String form() {
            return value + unit;
        }

        /** The number without its sign: what fell by 3 is at -3 as well. */
        Found unsigned() {
            return value.startsWith("-") ? new Found(start, end, value.substring(1), unit) : this;
        }
    }

    static List<Found> in(String text) {
        List<Found> found = new ArrayList<>(inDigits(text));
        found.addAll(inWords(text));
        found.sort(Comparator.comparingInt(Found::start));
        return withUnitsOfRanges(text, found);
    }

    private static List<Found> inDigits(String text) {
        List<Found> found = new ArrayList<>();
        Matcher digits = DIGITS.matcher(text);
        for (int from = 0; digits.find(from); from = digits.end()) {
            if (digits.start() == 0 || !isOfName(text, digits.start())) {
                found.add(number(text, digits.toMatchResult()));
            }
        }
        return found;
    }

    /** Letters that make a name of the digits behind them, such as A320; other scripts have no space before a number. */
    static boolean isOfName(int point) {
        return Character.isLetter(point) && switch (Character.UnicodeScript.of(point)) {
            case LATIN, GREEK, CYRILLIC -> true;
            default -> false;
        };
    }

    /** The letter between two numbers, as in 20h30, is no name's. */
    private static boolean isOfName(String text, int start) {
        int at = start;
        while (at > 0 && isOfName(text.codePointBefore(at))) {
            at -= Character.charCount(text.codePointBefore(at));
        }
        return at < start && (at == 0 || !Character.isDigit(text.codePointBefore(at)));
    }

    private static Found number(String text, MatchResult digits) {
        String value = value(digits.group());
        int end = digits.end();
        String money = digits.start() == 0 ? "" : moneyBefore(text, digits.start());
        int start = digits.start() - money.length();
        long scale = 1;
        Matcher east = EAST_ASIAN_SCALE.matcher(text).region(end, text.length());
        Matcher word = SCALE_WORD.matcher(text).region(end, text.length());
        Matcher letter = SCALE_LETTER.matcher(text).region(end, text.length());
        Long named = word.lookingAt() ? scale(word.group(1), text, word.end()) : null;
        if (east.lookingAt()) {
            scale = SCALES.getOrDefault(east.group(1), 1L);
            end = east.end();
        } else if (named != null) {
            scale = named;
            end = word.end();
        } else if (letter.lookingAt()) {
            scale = letter.group(1).equalsIgnoreCase("k") ? 1_000 : letter.group(1).equals("M") ? 1_000_000 : 1_000_000_000;
            end = letter.end();
        } else if (!money.isBlank() && end < text.length() && text.charAt(end) == 'm' && (end + 1 == text.length()
                || !Character.isLetter(text.charAt(end + 1)))) {
            scale = 1_000_000;
            end++;
        }
        boolean below = start > 0 && "-−–".indexOf(text.charAt(start - 1)) >= 0 && (start == 1 || " (\n\t".indexOf(text.charAt(start - 2)) >= 0);
        return unit(text, below ? start - 1 : start, end, (below ? "-" : "") + scaled(value, scale), sign(money.strip()));
    }

    /** The whole word must say how much. */
    private static @Nullable Long scale(String word, String text, int end) {
        return end < text.length() && Character.isLetter(text.charAt(end)) ? null : NumberWords.scale(word);
    }

    private static Found unit(String text, int start, int end, String value, String money) {
        Matcher percent = PERCENT.matcher(text).region(end, text.length());
        if (percent.lookingAt()) {
            return new Found(start, percent.end(), value, "%");
        }
        if (start > 0 && text.charAt(start - 1) == '%') {
            return new Found(start - 1, end, value, "%");
        }
        Matcher currency = CURRENCY.matcher(text).region(end, text.length());
        if (money.isEmpty() && currency.lookingAt()) {
            return new Found(start, currency.end(), value, sign(currency.group().strip()));
        }
        return new Found(start, end, value, money);
    }

    /** Returns what stands right before a number, with the space behind it, if it is a sign of money. */
    private static String moneyBefore(String text, int start) {
        int at = text.charAt(start - 1) == ' ' && start > 1 ? start - 2 : start - 1;
        if ("$€£¥₹".indexOf(text.charAt(at)) >= 0) {
            return text.substring(at, start);
        }
        String code = at >= 2 ? text.substring(at - 2, start) : "";
        boolean whole = at < 3 || !Character.isLetter(text.charAt(at - 3));
        return whole && CURRENCY.matcher(code.strip()).matches() ? code : "";
    }

    private static String sign(String money) {
        String lower = money.toLowerCase(Locale.ROOT);
        return CURRENCIES.getOrDefault(lower, lower);
    }

    /** Reads a number whose marks may be those of any country. Times, fractions and versions stay as they are. */
    private static String value(String written) {
        String bare = written.replace(" ", "").replace("'", "").replace("’", "");
        if (bare.length() > MOST_DIGITS || bare.indexOf(':') >= 0 || bare.indexOf('/') >= 0 || bare.indexOf('⁄') >= 0) {
            return bare.replace('⁄', '/');
        }
        int point = bare.lastIndexOf('.');
        int comma = bare.lastIndexOf(',');
        int last = Math.max(point, comma);
        if (last < 0) {
            return plain(bare);
        }
        char mark = bare.charAt(last);
        if (point >= 0 && comma >= 0) {
            return plain(bare.substring(0, last).replace(".", "").replace(",", "") + "." + bare.substring(last + 1));
        }
        boolean once = bare.indexOf(mark) == last;
        boolean groups = bare.length() - last - 1 == 3 && bare.indexOf(mark) <= 3 && bare.charAt(0) != '0';
        if (once) {
            return plain(groups ? bare.replace(String.valueOf(mark), "") : bare.replace(mark, '.'));
        }
        return groups ? plain(bare.replace(String.valueOf(mark), "")) : bare;
    }

    private static String plain(String number) {
        BigDecimal value = new BigDecimal(number);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static String scaled(String value, long scale) {
        return scale == 1 || value.length() > MOST_DIGITS || !value.matches("\\d+(?:\\.\\d+)?") ? value
                : plain(new BigDecimal(value).multiply(BigDecimal.valueOf(scale)).toPlainString());
    }

    private static List<Found> inWords(String text) {
        List<Found> found = new ArrayList<>();
        List<MatchResult> words = WORD.matcher(text).results().toList();
        for (int i = 0; i < words.size();) {
            int end = joined(text, words, i);
            String[] run = words.subList(i, Math.min(end, i + 12)).stream().map(MatchResult::group).toArray(String[]::new);
            NumberWords.Found number = NumberWords.at(run, 0);
            int start = words.get(i).start();
            boolean behindDigits = start > 0 && (Character.isDigit(text.charAt(start - 1)) || start > 1 && " -".indexOf(text.charAt(start - 1)) >= 0
                    && Character.isDigit(text.charAt(start - 2)));
            if (number == null || behindDigits && NumberWords.scale(run[0]) != null) {
                i++;
            } else {
                found.add(unit(text, start, words.get(i + number.words() - 1).end(), String.valueOf(number.value()), ""));
                i += number.words();
            }
        }
        return found;
    }

    /** The end of the words from this one on between which there is only a space or a hyphen. */
    private static int joined(String text, List<MatchResult> words, int from) {
        int end = from + 1;
        while (end < words.size() && end < from + 12 && words.get(end).start() == words.get(end - 1).end() + 1
                && " -".indexOf(text.charAt(words.get(end).start() - 1)) >= 0) {
            end++;
        }
        return end;
    }

    /** In 40 to 60 %, both are percent. */
    private static List<Found> withUnitsOfRanges(String text, List<Found> found) {
        List<Found> whole = new ArrayList<>(found);
        for (int i = found.size() - 2; i >= 0; i--) {
            Found one = whole.get(i);
            Found next = whole.get(i + 1);
            if (one.unit().isEmpty() && !next.unit().isEmpty() && one.end() < next.start() && next.start() - one.end() <= 5
                    && RANGE.matcher(text.substring(one.end(), next.start())).matches()) {
                whole.set(i, new Found(one.start(), one.end(), one.value(), next.unit()));
            }
        }
        return whole;
    }
}
