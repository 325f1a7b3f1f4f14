package social.coral.web.frame;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.springframework.util.unit.DataSize;
import social.coral.api.Page;
import social.coral.usage.Money;

/** The words for numbers and money. */
public final class Figures {

    private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.US);

    private Figures() {}

    /** A count in full: {@code 12,345}. */
    public static String count(long number) {
        return new DecimalFormat("#,##0", SYMBOLS).format(number);
    }

    /** A count with its noun: {@code 1 post}, {@code 12,345 posts}. */
    public static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** A count of rows, which stops at {@link Page#MAX_COUNTED}: {@code 12 posts}, {@code 10,000 or more posts}. */
    public static String counted(long rows, String one, String many) {
        return rows == Page.MAX_COUNTED ? counted(rows) + " " + many : count(rows, one, many);
    }

    /** As above, without its noun. */
    public static String counted(long rows) {
        return count(rows) + (rows == Page.MAX_COUNTED ? " or more" : "");
    }

    /** A count where room is short: {@code 987}, {@code 12.3K}, {@code 4M}. Rounded down, so that it never claims more. */
    public static String compact(long number) {
        if (number < 1_000) {
            return count(number);
        }
        boolean thousands = number < 1_000_000;
        BigDecimal shortened = BigDecimal.valueOf(number).divide(BigDecimal.valueOf(thousands ? 1_000 : 1_000_000));
        int digits = shortened.compareTo(BigDecimal.valueOf(100)) < 0 ? 1 : 0;
        return shortened.setScale(digits, RoundingMode.DOWN).stripTrailingZeros().toPlainString() + (thousands ? "K" : "M");
    }

    /** Several things in a sentence: {@code posts, keys and accounts}. */
    public static String listed(List<String> things) {
        int last = things.size() - 1;
        return last < 1 ? String.join("", things) : String.join(", ", things.subList(0, last)) + " and " + things.get(last);
    }

    /** The size of a file: {@code 200 MB}. */
    public static String size(DataSize size) {
        return size.toGigabytes() >= 1 ? size.toGigabytes() + "\u00A0GB" : size.toMegabytes() + "\u00A0MB";
    }

    /** Micro-dollars as money; see {@link Money#of}. */
    public static String money(long microUsd) {
        return Money.of(microUsd);
    }

    /** Micro-dollars as money, to the last digit: {@code $0.035}. */
    public static String exactMoney(long microUsd) {
        return Money.exactly(microUsd);
    }
}
