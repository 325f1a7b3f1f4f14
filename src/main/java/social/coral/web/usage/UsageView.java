package social.coral.web.usage;

import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.Locale;
import social.coral.usage.Usage;

/** A month's use. {@code hasPrevious} is false for the month in which the person came, {@code hasNext} for the present one. */
public record UsageView(YearMonth month, boolean hasPrevious, boolean hasNext, Usage usage) {

    public String title() {
        return month.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " " + month.getYear();
    }

    public String previous() {
        return "/settings/usage?month=" + month.minusMonths(1);
    }

    public String next() {
        return "/settings/usage?month=" + month.plusMonths(1);
    }

    /** What a person calls the service. */
    public static String serviceWord(String service) {
        return switch (service) {
            case "x" -> "X";
            case "sandbox" -> "Sandbox";
            default -> service;
        };
    }
}
