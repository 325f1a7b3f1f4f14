package social.coral.api;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Whole numbers as programs write them. */
public final class WholeNumber {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    private WholeNumber() {}

    /** Reads a number from {@code least} to {@code most} in ASCII digits without a sign; empty for anything else. */
    public static OptionalInt of(String text, int least, int most) {
        if (!DIGITS.matcher(text).matches()) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(text);
        return number >= least && number <= most ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
