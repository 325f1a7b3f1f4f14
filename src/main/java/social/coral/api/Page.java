package social.coral.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;

/**
 * The bounds of a list: at most {@code limit} rows (1 to 100, 50 when not given) after the first {@code offset}
 * (0 to 1,000,000). As a parameter of a controller method it is read from the request; out of range is a 400.
 */
@ParameterObject
public record Page(
        @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "50")) int limit,
        @Parameter(schema = @Schema(type = "integer", minimum = "0", maximum = "1000000", defaultValue = "0")) int offset) {

    public static final int MAX_LIMIT = 100;
    public static final int MAX_OFFSET = 1_000_000;
    /** So far the rows of a list are counted, or as far as {@link #counted}; more than that are told as this many or more. */
    public static final int MOST_COUNTED = 10_000;

    private static final int DEFAULT_LIMIT = 50;

    /** Reads the texts of both parameters; an absent one takes its default. */
    public static Page of(@Nullable String limit, @Nullable String offset) {
        return new Page(
                number("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT), number("offset", offset, 0, 0, MAX_OFFSET));
    }

    /** So far the rows are counted for this page: behind {@link #MOST_COUNTED} far enough to know whether another page follows. */
    public int counted() {
        return Math.max(MOST_COUNTED, offset + limit + 1);
    }

    private static int number(String field, @Nullable String text, int absent, int least, int most) {
        if (text == null) {
            return absent;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Answered below, in the same words as a number out of range.
        }
        throw Failure.invalid(field, "\"" + field + "\" must be a whole number from " + least + " to " + most + ".");
    }
}
