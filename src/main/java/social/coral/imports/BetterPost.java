package social.coral.imports;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import social.coral.imports.ImportStore.ReadPost;
import social.coral.networks.ComparedText;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.networks.PostIds;
import social.coral.networks.PostMarkup;

/**
 * Makes one record of two of the same post, the same whichever came first. What X itself says takes precedence over a table in text, time,
 * author, parent and language, and a table only adds what is missing. Where X's own text breaks off, a table's whole one that begins alike
 * completes it. Of two records of one kind the whole, unescaped text with its links written out stays; of X's times the earlier, which is
 * that of an edited post's first version; of a table's times the one in the id. An author whom a person has named stays, and of two
 * files that name different ones the first.
 */
final class BetterPost {

    private static final Comparator<String> WORST_FIRST = Comparator.comparing((String text) -> ComparedText.beforeBreak(text) == null)
            .thenComparing(Comparator.comparingLong((String text) -> ComparedText.SHORT_LINK.matcher(text).results().count()).reversed())
            .thenComparing(text -> PostMarkup.unescaped(text).equals(text))
            .thenComparing(String::length)
            .thenComparing(Comparator.naturalOrder());

    private BetterPost() {}

    /** Returns the stored post with what the file knows better; an equal one if it knows nothing better. */
    static ReadPost of(ReadPost stored, ReadPost read) {
        ReadPost best = read.origin().isOfX() && !stored.origin().isOfX() ? read : stored;
        ReadPost other = best == read ? stored : read;
        List<String> older = read.olderVersions().size() > stored.olderVersions().size() ? read.olderVersions() : stored.olderVersions();
        ReadPost author = authority(read) > authority(stored) ? read : stored;
        Post post = best.post();
        boolean sameKind = best.origin().isOfX() == other.origin().isOfX();
        String parent = sameKind ? known(post.inReplyToId(), other.post().inReplyToId()) : post.inReplyToId();
        return new ReadPost(
                new Post(stored.post().id(), author.post().author(), text(stored, read),
                        sameKind ? time(post.createdAt(), other.post().createdAt(), best.origin(), older.isEmpty() ? post.id() : older.getFirst()) : post.createdAt(),
                        known(post.lang(), other.post().lang()), known(post.conversationId(), other.post().conversationId()), parent,
                        most(post.counts(), other.post().counts())),
                stored.origin().compareTo(read.origin()) >= 0 ? stored.origin() : read.origin(), author.namesAuthor(), author.attributed(), older,
                stored.shortLinks());
    }

    /** Returns a post that was collected from its account with the text that another record has more of; an equal one if it has not. X has the rest of it. */
    static ReadPost collected(ReadPost stored, String text) {
        boolean hasMore = ComparedText.of(stored.post().text()).isCutShortOf(ComparedText.of(text));
        return hasMore ? stored.with(stored.post().saying(text)) : stored;
    }

    private static int authority(ReadPost read) {
        if (read.attributed()) {
            return 3;
        }
        return read.origin().isOfX() ? 2 : read.namesAuthor() ? 1 : 0;
    }

    private static String text(ReadPost stored, ReadPost read) {
        String one = stored.post().text();
        String other = read.post().text();
        if (one.equals(other)) {
            return one;
        }
        if (stored.origin() == read.origin()) {
            return WORST_FIRST.compare(one, other) >= 0 ? one : other;
        }
        boolean storedIsBetter = stored.origin().compareTo(read.origin()) > 0;
        String better = storedIsBetter ? one : other;
        String worse = storedIsBetter ? other : one;
        if (stored.origin() == Origin.X || read.origin() == Origin.X) {
            return better;
        }
        String beforeBreak = ComparedText.beforeBreak(better);
        if (beforeBreak != null) {
            return ComparedText.beforeBreak(worse) == null && ComparedText.goesOn(beforeBreak, worse) ? worse : better;
        }
        // A table has completed what X cut off.
        return differ(better, worse) || WORST_FIRST.compare(better, worse) >= 0 ? better : worse;
    }

    /** Reports whether two texts say different things, and not the same thing in two ways of writing. */
    static boolean differ(String one, String other) {
        return ComparedText.of(one).differs(ComparedText.of(other));
    }

    private static Instant time(Instant one, Instant other, Origin origin, String id) {
        if (origin.isOfX()) {
            return one.isBefore(other) ? one : other;
        }
        Instant inId = PostIds.isDerived(id) ? null : PostIds.time(id);
        Comparator<Instant> bestFirst = Comparator
                .comparing((Instant time) -> inId == null || !time.truncatedTo(ChronoUnit.SECONDS).equals(inId.truncatedTo(ChronoUnit.SECONDS)))
                .thenComparing(BetterPost::isDayAlone)
                .thenComparing(time -> inId == null ? Duration.ZERO : Duration.between(time, inId).abs())
                .thenComparing(Comparator.naturalOrder());
        return bestFirst.compare(one, other) <= 0 ? one : other;
    }

    private static boolean isDayAlone(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalTime().toNanoOfDay() == 0;
    }

    private static @Nullable String known(@Nullable String stored, @Nullable String read) {
        return stored == null ? read : stored;
    }

    private static PostCounts most(PostCounts one, PostCounts other) {
        return new PostCounts(Math.max(one.likes(), other.likes()), Math.max(one.retweets(), other.retweets()), Math.max(one.replies(), other.replies()),
                one.told() || other.told(), one.repliesTold() || other.repliesTold());
    }

    /** Reports whether nothing but the counts is different, which is no correction. */
    static boolean saysTheSame(Post one, Post other) {
        return one.text().equals(other.text()) && one.createdAt().equals(other.createdAt()) && one.author().equals(other.author())
                && Objects.equals(one.inReplyToId(), other.inReplyToId()) && Objects.equals(one.conversationId(), other.conversationId());
    }
}
