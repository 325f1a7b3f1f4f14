package social.coral.usage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.installation.StartFault;

/** What a plan limits beside the month's cost, by the words of the operator's command. */
enum PlanLimit {
    ACCOUNTS("accounts", "active accounts", 0, 500),
    AGENTS("agents", "agents with a schedule", 0, 100),
    REQUESTS("requests_per_minute", "requests a minute", 1, 1_000_000_000),
    RETENTION("retention_days", "days of retention", 1, 36_500),
    MODELS("models", "models", 1, 50);

    private static final Pattern MODEL = Pattern.compile("(openai|anthropic|perplexity)(/[^,\\s]{1,200})?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");

    private final String column;
    private final String words;
    private final long least;
    private final long most;

    PlanLimit(String column, String words, long least, long most) {
        this.column = column;
        this.words = words;
        this.least = least;
        this.most = most;
    }

    /** Returns its column in the table of plans. */
    String column() {
        return column;
    }

    /** Reads changes such as {@code accounts=5} and {@code models=none}; null is no limit. */
    static Map<PlanLimit, @Nullable Object> read(List<String> assignments) {
        Map<PlanLimit, @Nullable Object> changes = new LinkedHashMap<>();
        for (String assignment : assignments) {
            String[] parts = assignment.split("=", 2);
            PlanLimit limit = Arrays.stream(values()).filter(one -> one.word().equals(parts[0]) && parts.length == 2).findFirst()
                    .orElseThrow(() -> new StartFault("\"" + assignment + "\" is no limit of a plan. Use "
                            + Arrays.stream(values()).map(one -> one.word() + "=…").collect(Collectors.joining(", ")) + "."));
            changes.put(limit, parts[1].equals("none") ? null : limit.read(parts[1]));
        }
        return changes;
    }

    private Object read(String text) {
        if (this == MODELS) {
            String[] models = text.split(",", -1);
            if (models.length <= most && Arrays.stream(models).allMatch(model -> MODEL.matcher(model).matches())) {
                return models;
            }
            throw new StartFault("models is a list of up to " + most + ", such as openai,anthropic/claude-sonnet-4-5 without spaces, or none for no limit.");
        }
        if (NUMBER.matcher(text).matches() && Long.parseLong(text) >= least && Long.parseLong(text) <= most) {
            return Integer.valueOf(text);
        }
        throw new StartFault(word() + " is a whole number from " + least + " to " + most + ", or none for no limit.");
    }

    /** Returns the limits that a plan has, such as {@code 5 active accounts}. */
    static List<String> words(ResultSet plan) throws SQLException {
        List<String> words = new ArrayList<>();
        for (PlanLimit limit : values()) {
            Object value = plan.getObject(limit.column);
            if (value != null) {
                words.add(limit == MODELS ? "models " + String.join(", ", (String[]) plan.getArray(limit.column).getArray()) : value + " " + limit.words);
            }
        }
        return words;
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
