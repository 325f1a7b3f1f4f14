package social.coral.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** The words for amounts of money, which are kept in millionths of a US dollar. */
public final class Money {

    private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.US);

    private Money() {}

    /** Whole cents from a cent on, below that as many digits as it takes ({@code $0.0005}). */
    public static String of(long microUsd) {
        boolean belowCent = microUsd != 0 && Math.abs(microUsd) < Usage.MICRO_USD_OF_A_CENT;
        return worded(microUsd, belowCent ? "0.00####" : "#,##0.00");
    }

    /** What is asked for, rounded up to a cent: never less than it is. */
    static String atMost(long microUsd) {
        return rounded(microUsd, RoundingMode.CEILING);
    }

    /** What is left, rounded down to a cent: never more than it is. */
    static String atLeast(long microUsd) {
        return rounded(microUsd, RoundingMode.FLOOR);
    }

    /** Below a cent nothing is rounded. */
    private static String rounded(long microUsd, RoundingMode mode) {
        return microUsd < Usage.MICRO_USD_OF_A_CENT ? exactly(microUsd)
                : of(BigDecimal.valueOf(microUsd, 6).setScale(2, mode).movePointRight(6).longValueExact());
    }

    /** The same to the last digit: {@code $0.035}. */
    public static String exactly(long microUsd) {
        return worded(microUsd, "#,##0.00####");
    }

    private static String worded(long microUsd, String pattern) {
        String digits = new DecimalFormat(pattern, SYMBOLS).format(BigDecimal.valueOf(microUsd, 6).abs());
        return (microUsd < 0 ? "−$" : "$") + digits;
    }
}
