package social.coral.web.audit;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import social.coral.tenancy.AuditLog;
import social.coral.vault.ServiceName;
import social.coral.web.frame.Times;

/** How an entry of the audit is told to a person. */
public final class AuditWords {

    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("session.opened", "Signed in"),
            Map.entry("session.ended", "Signed out"),
            Map.entry("session.revoked", "Sign-in ended, because one of its old tokens was used again"),
            Map.entry("api_key.opened", "Key opened for use"),
            Map.entry("person.changed", "Account changed"),
            Map.entry("account.changed", "Account on X changed"),
            Map.entry("account.added", "Account on X added"),
            Map.entry("account.removed", "Account on X removed"),
            Map.entry("posts.import_started", "Import of posts started"),
            Map.entry("posts.import_ended", "Import of posts ended early"),
            Map.entry("data.imported", "Archive imported"),
            Map.entry("data.import_ended", "Import of an archive ended early"));

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final Map<String, String> THINGS = Map.of("api_key", "Key");

    private AuditWords() {}

    /** What was done, such as "Post written". */
    public static String action(String action) {
        String known = SENTENCES.get(action);
        if (known != null) {
            return known;
        }
        String thing = action.substring(0, action.indexOf('.'));
        String words = THINGS.getOrDefault(thing, thing) + " " + action.substring(thing.length() + 1);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1).replace('_', ' ');
    }

    /**
     * What it was done to; agents and keys by their titles, times as the person tells them.
     *
     * @param known what is known of the subjects that are names or ids
     */
    public static String subject(AuditLog.Entry entry, Map<String, String> known, Times times) {
        String subject = entry.subject();
        if (entry.action().equals("erasure.asked")) {
            return "for " + times.exact(Instant.parse(subject.substring("for ".length())));
        }
        if (entry.action().equals("session.opened")) {
            return "with a " + subject;
        }
        if (entry.action().equals("erasure.undone")) {
            return "– " + subject;
        }
        return known.getOrDefault(subject, ServiceName.named(subject).map(ServiceName::title).orElse(isId(subject) ? "" : subject));
    }

    /** Whether it says nothing to a person. */
    static boolean isId(String subject) {
        return ID.matcher(subject).matches();
    }

    /** Who did it. */
    public static String actor(String actor, Map<String, String> agents) {
        if (actor.equals("person")) {
            return "You";
        }
        return actor.startsWith("agent ") ? agents.getOrDefault(actor.substring("agent ".length()), actor) : "Coral Social";
    }
}
