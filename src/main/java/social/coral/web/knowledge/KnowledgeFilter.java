package social.coral.web.knowledge;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.api.StorableText;
import social.coral.content.CollectedPosts;
import social.coral.knowledge.KnowledgeQuestion;
import social.coral.knowledge.Notes;
import social.coral.networks.NetworkUser;
import social.coral.web.frame.Option;

/**
 * What a person searches for; null or empty for all.
 *
 * @param q words or a question, without which nothing is searched
 * @param kind the kind of texts, one of {@link #KINDS}
 * @param from the first day in the person's zone, and {@code to} the last
 */
public record KnowledgeFilter(@Nullable String q, @Nullable String kind, @Nullable String author, @Nullable String from, @Nullable String to) {

    /** How many are shown. What comes later says little about the question. */
    static final int SHOWN = 50;

    public static final List<Option> KINDS = List.of(new Option(CollectedPosts.KIND, "Posts"), new Option(Notes.KIND, "Notes of agents"));

    public boolean asks() {
        return !text(q).isEmpty();
    }

    /** Returns what to try where nothing was found. */
    public String hint() {
        return Stream.of(kind, author, from, to).anyMatch(narrows -> !text(narrows).isEmpty()) ? "Try other words, or search without the other filters."
                : "Try other words. Words in quotation marks are found only exactly as they are, and a minus (-) before a word leaves out texts that contain it.";
    }

    KnowledgeQuestion wanted(ZoneId zone) {
        if (!StorableText.isValid(text(q))) {
            throw Failure.invalid("q", "The search has a character that no text has.");
        }
        LocalDate first = day("from", text(from));
        LocalDate last = day("to", text(to));
        if (first != null && last != null && last.isBefore(first)) {
            String message = "The last day is before the first.";
            throw Failure.invalid(List.of(new Failure.FieldError("from", message), new Failure.FieldError("to", message)));
        }
        return new KnowledgeQuestion(text(q), text(kind).isEmpty() ? null : text(kind), handle(text(author)), first == null ? null : first.atStartOfDay(zone).toInstant(),
                last == null ? null : last.plusDays(1).atStartOfDay(zone).toInstant(), SHOWN);
    }

    private static @Nullable String handle(String typed) {
        String name = typed.startsWith("@") ? typed.substring(1) : typed;
        if (!typed.isEmpty() && !NetworkUser.isHandle(name)) {
            throw Failure.invalid("author", "Enter the author as a handle, such as @nasa.");
        }
        return name.isEmpty() ? null : name;
    }

    private static @Nullable LocalDate day(String field, String text) {
        try {
            LocalDate day = text.isEmpty() ? null : LocalDate.parse(text);
            if (day == null || day.getYear() >= 1970 && day.getYear() < 2200) {
                return day;
            }
        } catch (DateTimeParseException e) {
            // Answered below, like a day out of range.
        }
        throw Failure.invalid(field, "Enter the day like 2026-01-31.");
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed.strip();
    }
}
