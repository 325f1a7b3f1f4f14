package social.coral.imports;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import social.coral.imports.ImportStore.ReadPost;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.networks.PostMarkup;

/** Which of two records of one post tells more: what is cut, escaped or shortened never takes the place of what is whole. */
final class BetterPost {

    private BetterPost() {}

    /** Returns the stored post with what the file knows better; an equal one if it knows nothing better. */
    static ReadPost of(ReadPost before, ReadPost read) {
        return new ReadPost(merged(before.post(), read), before.ofX(), read.namesAuthor(), read.olderVersions().isEmpty() ? before.olderVersions() : read.olderVersions());
    }

    private static Post merged(Post stored, ReadPost read) {
        Post post = read.post();
        return new Post(stored.id(), post.author(), isBetter(stored.text(), post.text(), read.ofX()) ? post.text() : stored.text(),
                time(stored.createdAt(), post.createdAt(), read.ofX()), known(stored.lang(), post.lang()),
                known(stored.conversationId(), post.conversationId()), known(stored.inReplyToId(), post.inReplyToId()),
                most(stored.counts(), post.counts()));
    }

    /** Reports whether two texts say different things, and not the same thing in two ways of writing. */
    static boolean differ(String one, String other) {
        return !one.equals(other) && !isBetter(one, other, false) && !isBetter(other, one, false) && !isPoorer(one, other) && !isPoorer(other, one);
    }

    private static boolean isBetter(String old, String text, boolean ofX) {
        return !text.equals(old) && !isPoorer(text, old) && (isPoorer(old, text) || ofX);
    }

    /** Reports whether the first is the second cut off, with its escapes, or with short links in the place of written ones. */
    private static boolean isPoorer(String text, String whole) {
        return isBeginning(text, whole)
                || !text.equals(whole) && PostMarkup.unescaped(text).equals(PostMarkup.unescaped(whole)) && text.length() > whole.length()
                || hasShortLink(text) && !hasShortLink(whole) && upToLink(text).equals(upToLink(whole));
    }

    private static boolean isBeginning(String text, String whole) {
        int dots = Math.max(text.lastIndexOf('…'), text.lastIndexOf("..."));
        boolean breaksOff = dots > 0 && text.substring(dots).replaceAll("^(?:…|\\.\\.\\.)", "").strip().lines().allMatch(rest -> rest.startsWith("http"));
        String beginning = (breaksOff ? upToLink(text.substring(0, dots)) : text).strip();
        return !beginning.isEmpty() && beginning.length() < whole.length() && whole.startsWith(beginning) && (breaksOff || text.length() < whole.length());
    }

    private static String upToLink(String text) {
        int link = text.indexOf("http");
        return link < 0 ? text : text.substring(0, link);
    }

    private static boolean hasShortLink(String text) {
        return text.contains("//t.co/");
    }

    /** A day alone says less than a time on it; otherwise X knows its times, and the earlier of them is that of a first version. */
    private static Instant time(Instant stored, Instant read, boolean ofX) {
        if (isDayAlone(read) || stored.equals(read)) {
            return stored;
        }
        boolean sameDay = Duration.between(stored, read).abs().compareTo(Duration.ofDays(1)) < 0;
        return isDayAlone(stored) && sameDay || ofX && !(sameDay && stored.isBefore(read)) ? read : stored;
    }

    private static boolean isDayAlone(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalTime().toNanoOfDay() == 0;
    }

    private static @Nullable String known(@Nullable String stored, @Nullable String read) {
        return stored == null ? read : stored;
    }

    private static PostCounts most(PostCounts one, PostCounts other) {
        return new PostCounts(Math.max(one.likes(), other.likes()), Math.max(one.retweets(), other.retweets()), Math.max(one.replies(), other.replies()));
    }

    /** Reports whether nothing but the counts is different, which is no correction. */
    static boolean saysTheSame(Post one, Post other) {
        return one.text().equals(other.text()) && one.createdAt().equals(other.createdAt()) && one.author().equals(other.author())
                && Objects.equals(one.inReplyToId(), other.inReplyToId()) && Objects.equals(one.conversationId(), other.conversationId());
    }
}
