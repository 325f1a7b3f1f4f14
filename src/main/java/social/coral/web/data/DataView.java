package social.coral.web.data;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import social.coral.portability.ImportOutcome;
import social.coral.tenancy.AuditLog;

/**
 * The section of the settings on all that the person has.
 *
 * @param outcome what came of the archive that was sent; null before one was
 * @param problem why the import did not come to its end
 * @param storedSome whether it stored something before that
 * @param last how the last import ended, where that was too early
 */
public record DataView(DataSize limit, @Nullable ImportOutcome outcome, @Nullable String problem, boolean storedSome, AuditLog.@Nullable Entry last) {

    private static final Map<String, String> WORDS = Map.of(
            "account.json", "Sign-in",
            "tweets", "Posts you wrote",
            "tweets_cache", "Collected posts",
            "x_accounts", "Accounts on X",
            "user_profiles", "Profile and plan",
            "user_api_keys", "Keys",
            "agent_logs", "Log",
            "agent_run_steps", "Steps of runs",
            "audit_log", "Audit",
            "api_usage_logs", "Usage");

    public String largest() {
        return limit.toGigabytes() >= 1 ? limit.toGigabytes() + "\u00A0GB" : limit.toMegabytes() + "\u00A0MB";
    }

    /** A table as a person calls it; one that has no word of its own is told by its name. */
    public static String words(String table) {
        String name = table.replace('_', ' ');
        return WORDS.getOrDefault(table, name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
    }

    /** What of the archive did not come over, in one sentence. */
    public String leftOut() {
        return outcome == null ? "" : outcome.leftOut().stream().map(each -> words(each.name()).toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
    }
}
