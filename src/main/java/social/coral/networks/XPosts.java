package social.coral.networks;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableTime;
import social.coral.networks.XWire.Metrics;
import social.coral.networks.XWire.Reference;
import social.coral.networks.XWire.Tweet;

/** Reads posts out of an answer, all or none: a post that lacks what makes it a post spoils the answer. */
final class XPosts {

    /** Ids are numbers that outgrow an {@code int}; the longer one is the newer. */
    private static final Comparator<Post> NEWEST_FIRST =
            Comparator.<Post>comparingInt(post -> post.id().length()).thenComparing(Post::id).reversed();

    private XPosts() {}

    static List<Post> read(@Nullable List<@Nullable Tweet> tweets, XFaults faults) {
        return tweets == null ? List.of() : tweets.stream().map(tweet -> read(tweet, faults)).sorted(NEWEST_FIRST).toList();
    }

    private static Post read(@Nullable Tweet tweet, XFaults faults) {
        if (tweet == null || tweet.createdAt() == null) {
            throw faults.malformed("sent a post without its time");
        }
        Instant createdAt = time(tweet.createdAt(), faults);
        if ("0".equals(tweet.id())) {
            throw faults.malformed("sent a post without a proper id");
        }
        String text = tweet.noteTweet() != null && tweet.noteTweet().text() != null ? tweet.noteTweet().text() : tweet.text();
        if (text == null) {
            throw faults.malformed("sent a post without text");
        }
        Metrics metrics = tweet.publicMetrics() == null ? new Metrics(0L, 0L, 0L, 0L) : tweet.publicMetrics();
        return new Post(id(tweet.id(), faults), unescaped(text), id(tweet.authorId(), faults), createdAt, tweet.lang(),
                tweet.conversationId(), inReplyTo(tweet.referencedTweets()), count(metrics.likeCount()),
                count(metrics.retweetCount()), count(metrics.replyCount()), count(metrics.quoteCount()));
    }

    /** A time in words. A number is none: it can stand for seconds, for their thousandth, or for nothing at all. */
    private static Instant time(String text, XFaults faults) {
        try {
            Instant time = Instant.parse(text);
            if (StorableTime.is(time)) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // Said below, in the same words as one out of range.
        }
        throw faults.malformed("sent a post with a time at which none can have been written");
    }

    /** An id out of an answer: a number without leading zeros, or the answer is not what it should be. */
    static String id(@Nullable String text, XFaults faults) {
        if (text == null || !isId(text)) {
            throw faults.malformed("sent something without a proper id");
        }
        return text;
    }

    static boolean isId(String text) {
        return text.matches("0|[1-9][0-9]{0,19}");
    }

    private static @Nullable String inReplyTo(@Nullable List<Reference> references) {
        if (references != null) {
            for (Reference reference : references) {
                if (reference != null && "replied_to".equals(reference.type())) {
                    return reference.id();
                }
            }
        }
        return null;
    }

    private static int count(@Nullable Long value) {
        return value == null ? 0 : Math.clamp(value, 0, Integer.MAX_VALUE);
    }

    /** X escapes these three and no others. The ampersand comes last, so that what was written as {@code &amp;lt;} stays so. */
    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
