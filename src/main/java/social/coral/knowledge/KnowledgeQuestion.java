package social.coral.knowledge;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.api.StorableTime;
import social.coral.api.WholeNumber;
import social.coral.knowledge.TenantVectors.Narrowing;

/**
 * What is searched for.
 *
 * @param text the words or the question; a part in quotation marks is found as it is, and one behind a minus leaves texts out
 * @param kind the kind of text; null for all
 * @param author a handle without the @; null for all
 * @param from the first moment, and {@code to} the one after the last; null without a bound
 * @param unlike the text that {@link #like} has made the question of, which is left out; null for none
 * @param each whether texts that say the same are found each by itself
 * @param limit how many are found at most
 */
public record KnowledgeQuestion(
        String text, @Nullable String kind, @Nullable String author, @Nullable Instant from, @Nullable Instant to, @Nullable UUID unlike, boolean each, int limit) {

    public static final int MAX_LENGTH = 500;
    public static final int MAX_LIMIT = 100;
    public static final int DEFAULT_LIMIT = 20;

    private static final Pattern HANDLE = Pattern.compile("[a-z0-9_]{1,20}");

    public KnowledgeQuestion {
        if (text.isBlank()) {
            throw Failure.invalid("q", "Say what to search for.");
        }
        if (text.length() > MAX_LENGTH) {
            throw Failure.invalid("q", "Searches are limited to " + MAX_LENGTH + " characters; yours has " + text.length() + ".");
        }
        List<TypedQuery.Part> parts = TypedQuery.parts(text);
        if (!parts.isEmpty() && parts.stream().allMatch(TypedQuery.Part::excluded)) {
            throw Failure.invalid("q", "Add a word to search for. A minus only leaves posts out.");
        }
        if (author != null) {
            author = author.strip().toLowerCase(Locale.ROOT);
            author = author.startsWith("@") ? author.substring(1) : author;
            if (!HANDLE.matcher(author).matches()) {
                throw Failure.invalid("author", "\"author\" must be a username such as @nasa.");
            }
        }
        if (from != null && to != null && !from.isBefore(to)) {
            throw Failure.invalid("to", "\"to\" must be later than \"from\".");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Failure.invalid("limit", "\"limit\" must be a whole number from 1 to " + MAX_LIMIT + ".");
        }
    }

    /** Reads a question as it comes in a request; what is empty is left open. */
    public static KnowledgeQuestion of(String q, String kind, String author, String from, String to, @Nullable String limit) {
        return new KnowledgeQuestion(q, kind.isEmpty() ? null : kind, author.isEmpty() ? null : author, time("from", from), time("to", to), null, false,
                limit == null ? DEFAULT_LIMIT : WholeNumber.of(limit, 1, MAX_LIMIT).orElse(0));
    }

    /** Asks for the best that there is of all kinds, authors and times. */
    public static KnowledgeQuestion of(String text) {
        return new KnowledgeQuestion(text, null, null, null, null, null, false, DEFAULT_LIMIT);
    }

    /** Returns what to search for to find texts like this one: its beginning, without links and the marks that mean something in a question. */
    public static String like(String text) {
        String plain = TypedQuery.plain(SameText.withoutLinks(text));
        return hasWords(plain) ? plain : "";
    }

    private static boolean hasWords(String text) {
        return text.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    private static @Nullable Instant time(String field, String text) {
        try {
            return text.isEmpty() ? null : StorableTime.clamp(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            throw Failure.invalid(field, "\"" + field + "\" must be a time such as 2026-01-31T12:00:00Z.");
        }
    }

    Narrowing narrowing() {
        return new Narrowing(kind, author, from, to);
    }

    /** Whether it asks for words or signs as they are, so that what only means the same does not answer it. */
    boolean isLiteral() {
        return !hasWords(text) || TypedQuery.parts(text).stream().anyMatch(part -> part.phrase() || part.excluded());
    }
}
