package social.coral.web.audit;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import social.coral.api.StorableText;
import social.coral.tenancy.AuditLog;
import social.coral.tenancy.DeclaredTables;
import social.coral.tenancy.TableDeclaration;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;
import social.coral.web.frame.Option;
import social.coral.web.frame.Times;

/** Puts an entry of the audit into words for a person. */
@Component
public final class AuditWords {

    /** What is done to a row of a table; the table's declaration has the word for the row. */
    private static final List<String> VERBS =
            List.of("added", "cancelled", "changed", "deleted", "resumed", "retried", "started");

    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("account.added", "Added"),
            Map.entry("account.changed", "Changed"),
            Map.entry("account.paused", "Paused"),
            Map.entry("account.removed", "Removed"),
            Map.entry("account.resumed", "Resumed"),
            Map.entry("api_key.checked", "Key tested"),
            Map.entry("api_key.deleted", "Key deleted"),
            Map.entry("api_key.opened", "Key used"),
            Map.entry("api_key.saved", "Key saved"),
            Map.entry("approval_rule.switched_off", "Approval rule switched off"),
            Map.entry("approval_rule.switched_on", "Approval rule switched on"),
            Map.entry("author.muted", "Muted"),
            Map.entry("author.unmuted", "No longer muted"),
            Map.entry("budget.resumed", "Spending allowed again"),
            Map.entry("budget.stopped", "All spending stopped"),
            Map.entry("chain.ended", "Chain switched off"),
            Map.entry("chain.started", "Chain switched on"),
            Map.entry("data.exported", "Export downloaded"),
            Map.entry("data.import_ended", "Import of an export ended early"),
            Map.entry("data.imported", "Export imported"),
            Map.entry("erasure.asked", "Account erasure requested"),
            Map.entry("erasure.undone", "Account erasure undone"),
            Map.entry("import.changed", "Author changed"),
            Map.entry("import.deleted", "Import undone"),
            Map.entry("import.removed", "Removed from the list of imports"),
            Map.entry("import.take_back_started", "Undoing an import began"),
            Map.entry("insight.dismissed", "Dismissed"),
            Map.entry("insight.restored", "Restored"),
            Map.entry("mention.overruled", "Asked an agent to answer"),
            Map.entry("note.forgotten", "Forgotten"),
            Map.entry("password.changed", "Password changed"),
            Map.entry("person.changed", "Account changed"),
            Map.entry("person.created", "Account created"),
            Map.entry("plan.changed", "Plan changed"),
            Map.entry("plan.limit_changed", "Monthly limit of the plan changed"),
            Map.entry("posts.collected", "Collected"),
            Map.entry("posts.corrected", "Corrected"),
            Map.entry("posts.forgotten", "Forgotten"),
            Map.entry("posts.import_ended", "Import of posts ended early"),
            Map.entry("posts.import_started", "Import of posts started"),
            Map.entry("posts.import_stopped", "Import of posts stopped"),
            Map.entry("posts.imported", "Imported"),
            Map.entry("posts.removed", "Removed"),
            Map.entry("session.ended", "Signed out"),
            Map.entry("session.opened", "Signed in"),
            Map.entry("session.refused", "Sign-in failed"),
            Map.entry("session.revoked", "Sign-in ended, because one of its old tokens was used again"));

    /** What is done to a text that passes review. */
    private static final Map<String, String> REVIEW = Map.ofEntries(
            Map.entry("approved", "Approved"),
            Map.entry("approved_by_rule", "Approved by a rule"),
            Map.entry("noted", "Note added"),
            Map.entry("rejected", "Rejected"),
            Map.entry("restored", "Earlier version restored"),
            Map.entry("returned", "Changes wanted"),
            Map.entry("scheduled", "Scheduled"),
            Map.entry("submitted", "Sent to review"),
            Map.entry("unscheduled", "Unscheduled"),
            Map.entry("withdrawn", "Back to draft"),
            Map.entry("written", "Draft saved"));

    /** The things that pass review. Their subjects are an id and the beginning of the text. */
    private static final Set<String> REVIEWED = Set.of("blog", "post", "reply", "thread");

    /** The titles of things that a person would not tell apart by the names of their tables. */
    private static final Map<String, String> TITLES = Map.of("post", "Your own posts", "posts", "Collecting and importing", "import", "Changing and undoing imports",
            "model_choice", "Models", "embeddings", "Search settings", "note", "Agents’ notes");

    static final String SANDBOX_KEY = "Sandbox key";
    static final String YOU = "You";
    static final String NOT_SIGNED_IN = "Not signed in";
    static final String CORAL_SOCIAL = "Coral Social";

    private static final String POST = "post.";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TEXT_SUBJECT = Pattern.compile("^" + ID + " ?");
    /** What the database enters in place of many. */
    private static final Pattern REPEATED = Pattern.compile("(\\d+) more from (\\S+ \\S+) to (\\S+ \\S+) UTC, the last: (.*)");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private final Map<String, String> actions = new HashMap<>(OTHERS);
    private final Map<String, String> things = new TreeMap<>(Map.of("chain", "Chains of agents", "session", "Signing in and out"));

    AuditWords(DeclaredTables tables) {
        for (TableDeclaration table : tables.all()) {
            String thing = table.thing();
            if (thing != null) {
                if (REVIEWED.contains(thing)) {
                    REVIEW.forEach((verb, words) -> actions.put(thing + "." + verb, words));
                }
                things.put(thing, TITLES.getOrDefault(thing, table.title()));
                VERBS.forEach(verb -> actions.putIfAbsent(thing + "." + verb, StorableText.capitalized(table.one()) + " " + verb));
            }
        }
    }

    /** Returns the things that can be chosen, by their names in an action. */
    public List<Option> things() {
        return Option.list(things);
    }

    boolean knows(String action) {
        return actions.containsKey(action);
    }

    /** Returns what was done, such as "Draft saved". */
    public String action(String action) {
        return actions.getOrDefault(action, action.replace('.', ' ').replace('_', ' '));
    }

    /** Returns the words for all actions, by action. */
    Map<String, String> actions() {
        return actions;
    }

    /**
     * Returns what it was done to; agents and keys by their titles, times in the zone of the person.
     *
     * @param known what is known of the subjects that are names or ids
     */
    public static String subject(AuditLog.Entry entry, Map<String, String> known, Times times) {
        Matcher repeated = REPEATED.matcher(entry.subject());
        if (repeated.matches()) {
            String last = words(entry.action(), repeated.group(4), known, times);
            return repeated.group(1) + " more from " + times.exact(utc(repeated.group(2))) + " to " + times.exact(utc(repeated.group(3)))
                    + (last.isEmpty() ? "" : ", the last: " + last);
        }
        return words(entry.action(), entry.subject(), known, times);
    }

    private static String words(String action, String subject, Map<String, String> known, Times times) {
        return switch (action) {
            case "erasure.asked" -> "for " + times.planned(Instant.parse(subject.substring("for ".length())));
            case "erasure.undone" -> "";
            case "session.opened", "person.created" -> subject.equals("browser") ? "in a browser" : "with a " + subject;
            case "chain.started", "chain.ended" -> Arrays.stream(subject.split(" ")).map(agent -> known.getOrDefault(agent, agent))
                    .collect(Collectors.joining(", then "));
            // Some entries have only the id.
            case String text when REVIEWED.contains(text.substring(0, Math.max(0, text.indexOf('.')))) -> TEXT_SUBJECT.matcher(subject).replaceFirst("");
            case String key when subject.equals(ApiKeys.SANDBOX_KEY) -> SANDBOX_KEY;
            default -> known.getOrDefault(subject, ServiceName.named(subject).map(ServiceName::title).orElse(ID.matcher(subject).matches() ? "" : subject));
        };
    }

    private static Instant utc(String minute) {
        return LocalDateTime.parse(minute, MINUTE).toInstant(ZoneOffset.UTC);
    }

    /** Returns the id in a subject, which says nothing to a person. */
    static Optional<UUID> id(String subject) {
        return ID.matcher(subject).results().map(MatchResult::group).map(UUID::fromString).findFirst();
    }

    /** Returns the id of the post that an entry is about. */
    public static Optional<UUID> post(AuditLog.Entry entry) {
        return entry.action().startsWith(POST) ? id(entry.subject()) : Optional.empty();
    }

    /** Returns who did it. */
    public static String actor(AuditLog.Entry entry, Map<String, String> agents) {
        if (entry.action().equals("session.refused")) {
            return NOT_SIGNED_IN;
        }
        return switch (entry.actor()) {
            case "person" -> YOU;
            case "anonymous" -> NOT_SIGNED_IN;
            case String actor when actor.startsWith("agent ") -> agents.getOrDefault(actor.substring("agent ".length()), actor);
            default -> CORAL_SOCIAL;
        };
    }

    /** Returns where it was done from. */
    public static String origin(AuditLog.Entry entry) {
        String address = entry.address();
        return address == null ? "" : address.equals("::1") || address.startsWith("127.") ? "this server (" + address + ")" : address;
    }
}
