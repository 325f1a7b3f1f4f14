package social.coral.imports;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.imports.ImportStore.ReadPost;
import social.coral.networks.ComparedText;
import social.coral.networks.Post;
import social.coral.networks.PostIds;
import social.coral.networks.PostMarkup;
import social.coral.networks.PostVersions;

/**
 * A post as far as it is compared with others that may be the same.
 *
 * @param text at least as much of it as is compared
 * @param time when its newest version was written
 * @param first when its first version was written, if it was edited; null otherwise
 */
record PostStart(String id, String author, String text, Instant time, @Nullable Instant first, Set<String> shortLinks) {

    /** How much suggests that a post without an id is another with one. */
    enum Likeness { NONE, SECOND_OF_FIRST_VERSION, GOES_ON, SAYS_THE_SAME, SAME_TEXT, SAME_ID }

    /** In code points. No two posts of one moment begin alike for so long, and more would fill the memory. */
    static final int MAX_COMPARED = 300;

    private static final int KEY_LENGTH = 40;
    private static final Pattern PLAIN_END = Pattern.compile("[&<>\"'“”„‘’‚]|http");

    static PostStart of(ReadPost read) {
        Post post = read.post();
        Instant first = read.olderVersions().isEmpty() ? null : PostVersions.firstTime(read.olderVersions().getFirst(), post.createdAt());
        return new PostStart(post.id(), post.author(), post.text(), post.createdAt(), first, read.shortLinks());
    }

    /** Returns a stored post, whose time is that of its first version if it was edited. */
    static PostStart ofStored(String id, String author, String text, Instant time, boolean edited) {
        return new PostStart(id, author, text, edited ? PostVersions.newestTime(id, time) : time, edited ? time : null, Set.of());
    }

    /** Returns how it begins, up to the first character that tools write differently, by which the posts of a day are looked up. */
    String key() {
        return PLAIN_END.split(beginning(KEY_LENGTH).replace('\n', ' '), 2)[0].stripTrailing();
    }

    /** Returns its first code points. */
    String beginning(int length) {
        return text.substring(0, text.offsetByCodePoints(0, Math.min(length, text.codePointCount(0, Math.min(text.length(), 2 * length)))));
    }

    /** Returns the times that a table may give for it: its own, its own rounded down as some tables do, and when it was first written. */
    Stream<Instant> times() {
        return Stream.of(time, first).flatMap(Stream::ofNullable).flatMap(Post::timesInTables).distinct();
    }

    Prepared prepared() {
        String beginning = beginning(MAX_COMPARED);
        return new Prepared(this, beginning, ComparedText.of(beginning), PostIds.isDerived(id), tellsDayAlone(), end(time));
    }

    /** Reports whether it comes from a table that gives only the day. */
    boolean tellsDayAlone() {
        return PostIds.isDerived(id) && isDay(time);
    }

    /** Reports whether a time is only a day. */
    static boolean isDay(Instant time) {
        return time.truncatedTo(ChronoUnit.DAYS).equals(time);
    }

    /** Returns the end of the second, minute or day that a time of that precision means. */
    static Instant end(Instant time) {
        if (isDay(time)) {
            return time.plus(Duration.ofDays(1));
        }
        return isWholeMinute(time) ? time.plus(Duration.ofMinutes(1)) : time.plusSeconds(1);
    }

    private static boolean isWholeMinute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES).equals(time);
    }

    /**
     * A post that is compared with many others.
     *
     * @param end the end of the span that its time means
     */
    record Prepared(PostStart post, String beginning, ComparedText compared, boolean isDerived, boolean tellsDayAlone, Instant end) {

        /** Returns how much suggests that this post, which has no id of its own, is the other; both are of one author. */
        Likeness likeness(Prepared real) {
            if (!real.isOfTimeOf(this) && !(real.isDerived && isOfTimeOf(real))) {
                return Likeness.NONE;
            }
            if (post.id().equals(real.post().id())) {
                return Likeness.SAME_ID;
            }
            if (beginning.equals(real.beginning())) {
                return Likeness.SAME_TEXT;
            }
            if (compared.saysTheSame(real.compared())) {
                return hasOtherLinks(real.post()) ? Likeness.NONE : Likeness.SAYS_THE_SAME;
            }
            if (tellsDayAlone || real.tellsDayAlone) {
                return Likeness.NONE;
            }
            Instant told = post.time();
            return compared.goesOn(real.compared()) ? Likeness.GOES_ON
                    : told.equals(real.post().first()) && !isWholeMinute(told) ? Likeness.SECOND_OF_FIRST_VERSION : Likeness.NONE;
        }

        /** Reports whether the time of a table's post can be that of this one. */
        private boolean isOfTimeOf(Prepared table) {
            Instant told = table.post().time();
            return isWithin(post.time(), told, table.end()) || post.first() != null && isWithin(post.first(), told, table.end());
        }

        private static boolean isWithin(Instant time, Instant from, Instant until) {
            return !time.isBefore(from) && time.isBefore(until);
        }

        /** X gives each link in each post a short one of its own. */
        private boolean hasOtherLinks(PostStart real) {
            return !real.shortLinks().isEmpty()
                    && PostMarkup.SHORT_LINK.matcher(beginning).results().anyMatch(link -> !real.shortLinks().contains(link.group()));
        }
    }
}
