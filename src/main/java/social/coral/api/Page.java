package social.coral.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;

/**
 * A page of a list: at most {@code limit} rows (1 to 100, default 50) after the first {@code offset} (0 to 1,000,000). As a
 * parameter of a controller method it is read from the request; values out of range answer 400.
 */
@ParameterObject
public record Page(
        @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "50")) int limit,
        @Parameter(schema = @Schema(type = "integer", minimum = "0", maximum = "1000000", defaultValue = "0")) int offset) {

    public static final int MAX_LIMIT = 100;
    public static final int MAX_OFFSET = 1_000_000;
    /** The number up to which the rows of a list are counted, apart from {@link #countLimit}. Larger counts are shown as "or more". */
    public static final int MAX_COUNTED = 10_000;

    private static final int DEFAULT_LIMIT = 50;

    /** Parses both parameters; a missing one takes its default. */
    public static Page of(@Nullable String limit, @Nullable String offset) {
        return new Page(
                number("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT), number("offset", offset, 0, 0, MAX_OFFSET));
    }

    /** Returns how far to count the rows for this page: at least far enough to know whether another page follows. */
    public int countLimit() {
        return Math.max(MAX_COUNTED, offset + limit + 1);
    }

    private static int number(String field, @Nullable String text, int defaultValue, int min, int max) {
        if (text == null) {
            return defaultValue;
        }
        return WholeNumber.of(text, min, max)
                .orElseThrow(() -> Failure.invalid(field, "\"" + field + "\" must be a whole number from " + min + " to " + max + "."));
    }
}
