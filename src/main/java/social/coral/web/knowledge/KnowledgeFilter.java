package social.coral.web.knowledge;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.api.StorableText;
import social.coral.knowledge.KnowledgeQuestion;
import social.coral.networks.NetworkUser;

/**
 * What a person searches for; null or empty for all.
 *
 * @param q words or a question, without which nothing is searched
 * @param from the first day in the person's zone, and {@code to} the last
 */
public record KnowledgeFilter(@Nullable String q, @Nullable String author, @Nullable String from, @Nullable String to) {

    /** How many are shown. What comes later says little about the question. */
    static final int SHOWN = 50;

    public boolean asks() {
        return !text(q).isEmpty();
    }

    /** Returns what to try where nothing was found. */
    public String hint() {
        return !text(author).isEmpty() || !text(from).isEmpty() || !text(to).isEmpty() ? "Try other words, or search without the author and the days."
                : "Try other words. Words in quotation marks are found only as they are, and a word behind - leaves out the texts that have it.";
    }

    KnowledgeQuestion wanted(ZoneId zone) {
        if (!StorableText.isValid(text(q))) {
            throw Failure.invalid("q", "The search has a character that no text has.");
        }
        LocalDate first = day("from", text(from));
        LocalDate last = day("to", text(to));
        if (first != null && last != null && last.isBefore(first)) {
            throw Failure.invalid("to", "The last day is before the first.");
        }
        return new KnowledgeQuestion(text(q), null, handle(text(author)), first == null ? null : first.atStartOfDay(zone).toInstant(),
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
