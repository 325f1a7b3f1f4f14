package social.coral.usage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import social.coral.api.Failure;
import social.coral.tenancy.Columns;

/** Words a refused reservation: which limit has no room, how much is left of it, until when, and where to raise it. */
public final class BudgetFailure {

    public static final String CODE = "budget_exceeded";

    private static final String REMEDY = " You can raise it under Settings, Usage.";
    private static final String LINK = "/settings/usage";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

    private BudgetFailure() {}

    /** Reads the refusal of a call that may cost so much; null when it was not refused. */
    static @Nullable Failure read(ResultSet row, long cost) throws SQLException {
        String limit = row.getString("refused");
        if (limit == null) {
            return null;
        }
        Instant until = Columns.optionalInstant(row, "until");
        String sentence = switch (limit) {
            case "stopped" -> "You stopped all spending, so nothing is called. Allow it again under Settings, Usage.";
            case "installation_stopped" -> "Your administrator has stopped all spending, so nothing is called for now.";
            default -> sentence(limit, cost, row.getLong("limit_micro_usd"), row.getLong("left_micro_usd"), row.getObject("renews", LocalDate.class));
        };
        Failure failure = Failure.of(HttpStatus.PAYMENT_REQUIRED, CODE, sentence).with("limit", limit).with("link", LINK).with("until", until);
        return row.getObject("limit_micro_usd") == null ? failure : failure
                .with("limit_micro_usd", row.getLong("limit_micro_usd"))
                .with("left_micro_usd", row.getLong("left_micro_usd"));
    }

    private static String sentence(String limit, long cost, long most, long left, @Nullable LocalDate renews) {
        String until = renews == null ? "" : " until " + renews.format(DAY);
        String of = switch (limit) {
            case "run" -> "this run's limit of ";
            case "agent" -> "this agent's monthly limit of ";
            case "day" -> "your daily limit of ";
            case "month" -> "your monthly limit of ";
            case "plan" -> "your plan's monthly limit of ";
            default -> "this server's monthly limit of ";
        };
        String what = "The next call may cost " + Money.atMost(cost) + ", and " + (left == 0 ? "nothing" : Money.atLeast(left)) + " is left of " + of + Money.exactly(most) + until
                + ".";
        return switch (limit) {
            case "plan" -> what + " A larger plan raises it.";
            case "installation" -> what + " Only your administrator can raise it.";
            default -> what + REMEDY;
        };
    }

    /** Returns until when a refused call has no room; null if that is not known. */
    public static @Nullable Instant until(Failure failure) {
        return (Instant) failure.details().get("until");
    }

    /** Reports whether the operator has stopped all spending. */
    public static boolean isOfTheOperator(Failure failure) {
        return "installation_stopped".equals(failure.details().get("limit"));
    }

    /** Reports whether a sentence of these says that the person can raise the limit. */
    public static boolean canBeRaised(@Nullable String sentence) {
        return sentence != null && sentence.endsWith(REMEDY);
    }

    /** Returns such a sentence for the page on which the limit is raised. */
    public static @Nullable String withoutRemedy(@Nullable String sentence) {
        return sentence != null && canBeRaised(sentence) ? sentence.substring(0, sentence.length() - REMEDY.length()) : sentence;
    }

    /** Reports whether a failure is a refused reservation. */
    public static boolean is(Failure failure) {
        return Objects.equals(failure.code(), CODE);
    }
}
