package social.coral.web.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import social.coral.tenancy.AuditLog;
import social.coral.web.frame.Address;
import social.coral.web.frame.Paging;

/**
 * One page of the audit.
 *
 * @param agents the titles of the agents, by name
 * @param known what a person calls the subjects: the agents by their titles, posts by how they begin, runs by their agent
 */
public record AuditView(List<AuditLog.Entry> entries, Map<String, String> agents, Map<String, String> known, String actor, String action, String words, Paging paging) {

    /** The things that can be chosen, by their names in an action. */
    public static final Map<String, String> THINGS = new TreeMap<>(Map.of(
            "api_key", "Keys", "session", "Signing in and out", "post", "Your posts", "posts", "Collected and imported posts",
            "account", "Accounts on X", "persona", "Personas", "profile", "Profile", "run", "Runs", "schedule", "Schedules"));

    static Address address(String path, String actor, String action, String words) {
        return Address.of(path).with("actor", actor).with("action", action).with("q", words);
    }

    public String download() {
        return address("/settings/audit/download", actor, action, words).toString();
    }

    public boolean filtered() {
        return !(actor + action + words).isBlank();
    }
}
