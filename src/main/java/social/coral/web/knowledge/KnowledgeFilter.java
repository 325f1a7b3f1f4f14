package social.coral.web.knowledge;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.api.StorableText;
import social.coral.content.Blogs;
import social.coral.content.CollectedPosts;
import social.coral.content.Findings;
import social.coral.knowledge.KnowledgeQuestion;
import social.coral.knowledge.Notes;
import social.coral.networks.NetworkUser;
import social.coral.web.frame.Address;
import social.coral.web.frame.Option;

/**
 * What a person searches for; null or empty for all.
 *
 * @param q words or a question, without which nothing is searched
 * @param kind the kind of texts, one of {@link #KINDS}
 * @param from the first day in the person's zone, and {@code to} the last
 * @param like the id of the text whose like is searched for, which is left out
 * @param each not empty to see texts that say the same each by itself
 */
public record KnowledgeFilter(
        @Nullable String q, @Nullable String kind, @Nullable String author, @Nullable String from, @Nullable String to, @Nullable String like,
        @Nullable String each) {

    /** How many are shown. What comes later says little about the question. */
    static final int SHOWN = 50;

    public static final List<Option> KINDS = List.of(new Option(CollectedPosts.KIND, "Posts"), new Option(Notes.KIND, "Notes of agents"),
            new Option(Blogs.KIND, "Blog posts"), new Option(Findings.KIND, "Research"));

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    public boolean asks() {
        return !text(q).isEmpty();
    }

    /** How many filters narrow the search. */
    public long narrowing() {
        return Stream.of(kind, author, from, to).filter(narrows -> !text(narrows).isEmpty()).count();
    }

    /** What is searched: {@code posts by @nasa from 3 Jan 2026}. */
    public String searched(boolean withOthers) {
        String all = withOthers && text(author).isEmpty() ? "texts" : "posts";
        String what = KINDS.stream().filter(offered -> offered.value().equals(text(kind))).findFirst()
                .map(offered -> offered.label().toLowerCase(Locale.ENGLISH)).orElse(all);
        String by = text(author).isEmpty() ? "" : " by @" + name(text(author));
        LocalDate first = day("from", text(from));
        LocalDate last = day("to", text(to));
        if (first != null && first.equals(last)) {
            return what + by + " of " + DAY.format(first);
        }
        return what + by + (first == null ? "" : " from " + DAY.format(first)) + (last == null ? "" : (first == null ? " up to " : " to ") + DAY.format(last));
    }

    /** The same searches with one filter less, each under what it searches. */
    public List<Option> wider(Address here) {
        return Stream.of(
                        text(author).isEmpty() ? null : new Option(here.with("author", null).toString(), "Search all authors"),
                        text(kind).isEmpty() ? null : new Option(here.with("kind", null).toString(), "Search all kinds"),
                        text(from).isEmpty() && text(to).isEmpty() ? null : new Option(here.with("from", null).with("to", null).toString(), "Search all dates"))
                .flatMap(Stream::ofNullable).toList();
    }

    /** Returns what is wrong with both days together; null where nothing is. */
    public @Nullable String problemOfDays() {
        try {
            LocalDate first = day("from", text(from));
            LocalDate last = day("to", text(to));
            return first != null && last != null && last.isBefore(first) ? "“To” is before “From”, so both dates were ignored." : null;
        } catch (Failure eachByItself) {
            return null;
        }
    }

    /** Refuses what cannot be searched for. */
    void check() {
        if (!StorableText.isValid(text(q))) {
            throw Failure.invalid("q", "The search has a character that no text has.");
        }
        if (!text(kind).isEmpty() && KINDS.stream().noneMatch(offered -> offered.value().equals(text(kind)))) {
            throw Failure.invalid("kind", "Choose one of the kinds.");
        }
        if (!text(author).isEmpty() && !NetworkUser.isHandle(name(text(author)))) {
            throw Failure.invalid("author", "Enter the author as a handle, such as @nasa.");
        }
        day("from", text(from));
        day("to", text(to));
        String reversed = problemOfDays();
        if (reversed != null) {
            throw Failure.invalid(List.of(new Failure.FieldError("from", reversed), new Failure.FieldError("to", reversed)));
        }
        id(text(like));
    }

    KnowledgeQuestion wanted(ZoneId zone) {
        LocalDate first = day("from", text(from));
        LocalDate last = day("to", text(to));
        return new KnowledgeQuestion(text(q), text(kind).isEmpty() ? null : text(kind), text(author).isEmpty() ? null : name(text(author)),
                first == null ? null : first.atStartOfDay(zone).toInstant(), last == null ? null : last.plusDays(1).atStartOfDay(zone).toInstant(),
                id(text(like)), !text(each).isEmpty(), SHOWN);
    }

    private static String name(String typed) {
        return typed.startsWith("@") ? typed.substring(1) : typed;
    }

    private static @Nullable UUID id(String text) {
        try {
            return text.isEmpty() ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Failure.invalid("like", "There is no such post.");
        }
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
