package social.coral.imports;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.imports.BetterPost.ComparedText;
import social.coral.imports.ImportStore.ReadPost;
import social.coral.networks.Post;
import social.coral.networks.PostMarkup;
import social.coral.networks.PostVersions;

/**
 * What can be compared of a post without reading 25,000 characters of each that is stored.
 *
 * @param first when its first version was written, if it was edited; null otherwise
 */
record PostStart(String id, String author, String beginning, Instant time, @Nullable Instant first, Set<String> shortLinks) {

    /** How much tells that a post without an id is another with one. */
    enum Likeness { NONE, SECOND_OF_FIRST_VERSION, GOES_ON, SAYS_THE_SAME, SAME_TEXT, SAME_ID }

    private static final Pattern PLAIN_END = Pattern.compile("[&<>\"']|http");

    static PostStart of(ReadPost read) {
        Post post = read.post();
        String text = post.text();
        int end = text.offsetByCodePoints(0, Math.min(1_000, text.codePointCount(0, Math.min(text.length(), 2_000))));
        Instant first = read.olderVersions().isEmpty() ? null : PostVersions.firstTime(read.olderVersions().getFirst(), post.createdAt());
        return new PostStart(post.id(), post.author(), text.substring(0, end), post.createdAt(), first, read.shortLinks());
    }

    /** Returns how it begins, up to the first character that tools write differently, by which the posts of a day are looked up. */
    String key() {
        String start = beginning.substring(0, beginning.offsetByCodePoints(0, Math.min(40, beginning.codePointCount(0, beginning.length())))).replace('\n', ' ');
        return PLAIN_END.split(start, 2)[0].stripTrailing();
    }

    boolean isWithin(Instant from, Instant end) {
        return Stream.of(time, first).anyMatch(one -> one != null && !one.isBefore(from) && one.isBefore(end));
    }

    /** Returns the times that a table may tell of it: the one it has, what is left of it in a table that tells less, and when it was first written. */
    Stream<Instant> times() {
        return Stream.of(time, first).flatMap(Stream::ofNullable).flatMap(Post::timesInTables).distinct();
    }

    /**
     * Returns how much tells that this post, which has no id of its own, is the other.
     *
     * @param texts those that were compared before
     */
    Likeness likeness(PostStart real, Map<String, ComparedText> texts) {
        if (!author.equals(real.author()) || !real.isWithin(time, end(time))) {
            return Likeness.NONE;
        }
        if (id.equals(real.id())) {
            return Likeness.SAME_ID;
        }
        if (beginning.equals(real.beginning())) {
            return Likeness.SAME_TEXT;
        }
        ComparedText text = texts.computeIfAbsent(beginning, ComparedText::of);
        ComparedText other = texts.computeIfAbsent(real.beginning(), ComparedText::of);
        if (text.saysTheSame(other)) {
            return hasOtherLinks(real) ? Likeness.NONE : Likeness.SAYS_THE_SAME;
        }
        if (isDay(time)) {
            return Likeness.NONE;
        }
        boolean wholeMinute = time.truncatedTo(ChronoUnit.MINUTES).equals(time);
        return text.goesOn(other) ? Likeness.GOES_ON : time.equals(real.first()) && !wholeMinute ? Likeness.SECOND_OF_FIRST_VERSION : Likeness.NONE;
    }

    /** X gives each link in each post a short one of its own. */
    private boolean hasOtherLinks(PostStart real) {
        return !real.shortLinks().isEmpty()
                && PostMarkup.SHORT_LINK.matcher(beginning).results().anyMatch(link -> !real.shortLinks().contains(link.group()));
    }

    /** Reports whether a time tells a day alone. */
    static boolean isDay(Instant time) {
        return time.truncatedTo(ChronoUnit.DAYS).equals(time);
    }

    /** Returns the end of the second, minute or day that a time without more of it stands for. */
    static Instant end(Instant time) {
        if (isDay(time)) {
            return time.plus(Duration.ofDays(1));
        }
        return time.truncatedTo(ChronoUnit.MINUTES).equals(time) ? time.plus(Duration.ofMinutes(1)) : time.plusSeconds(1);
    }
}
