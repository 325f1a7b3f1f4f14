package social.coral.tenancy;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;

/**
 * A tenant table as its migration declares it, in one call of {@code tenancy.declare}.
 *
 * @param one what people call a row of it, such as {@code post}
 * @param many what they call several
 * @param most how many rows a tenant may hold
 * @param thing the word for it in the audit, such as the {@code post} of {@code post.written}; null when the audit has none
 * @param kept how long a row is kept; null when it stays until its tenant removes it or the bound does
 * @param notExported why it is left out of an export; null when it leaves
 * @param notImported why rows of an archive are not taken into it; null when they are
 * @param note how its rows are bounded where neither a refusal nor their age does it
 * @param planLimit how a plan limits its rows; null when none does
 * @param isRetainedByPlan whether a plan's retention removes old rows of it
 */
public record TableDeclaration(
        String name,
        String one,
        String many,
        long most,
        Beyond beyond,
        @Nullable String thing,
        @Nullable Duration kept,
        @Nullable String notExported,
        @Nullable String notImported,
        @Nullable String note,
        @Nullable PlanLimit planLimit,
        boolean isRetainedByPlan) {

    /**
     * How a plan limits the rows of a table.
     *
     * @param name which limit of the plan
     * @param counted the boolean column of the rows that count
     * @param words what people call those rows
     * @param advice how a person makes room
     */
    record PlanLimit(String name, String counted, String words, String advice) {}

    /** What happens when a tenant has as many rows as it may hold. */
    public enum Beyond {
        REFUSED,
        OLDEST_GO,
        KEPT_ELSEWHERE
    }

    /** Returns its name as a heading: {@code Posts}. */
    public String title() {
        return StorableText.capitalized(many);
    }

    /** Reports whether a tenant has more than one row of it. */
    public boolean isList() {
        return most > 1;
    }

    public boolean isExported() {
        return notExported == null;
    }

    /** Describes how long its rows are kept: {@code kept until they are removed}. */
    public String retention() {
        String rule = kept != null ? "kept for " + (kept.toHours() % 24 == 0 ? days(kept.toDays()) : kept.toHours() + " hours")
                : beyond == Beyond.OLDEST_GO ? "the oldest go when there are more than " + "%,d".formatted(most)
                : "kept until they are removed";
        return rule + (isRetainedByPlan ? ", or for the days of a plan with retention" : "") + Optional.ofNullable(note).map(words -> "; " + words).orElse("");
    }

    private static String days(long days) {
        return days == 1 ? "a day" : days + " days";
    }

    TableDeclaration bounded(long otherMost) {
        return new TableDeclaration(name, one, many, otherMost, beyond, thing, kept, notExported, notImported, note, planLimit, isRetainedByPlan);
    }
}
