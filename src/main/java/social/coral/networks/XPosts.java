package social.coral.networks;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;
import social.coral.networks.XWire.Metrics;
import social.coral.networks.XWire.Reference;
import social.coral.networks.XWire.Tweet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads posts out of an answer. What lacks what makes it a post is left out and told, once; an answer that has nothing else is not
 * what it should be.
 */
final class XPosts {

    /** Why something is no post. */
    private static final class NoPost extends Exception {

        NoPost(String what) {
            super(what, null, false, false);
        }
    }

    /**
     * @param leftOut what was no post, in words, or null when all were
     * @param newestId the newest id of all, whether what it names was taken or left out
     */
    record Sorted(List<Post> posts, @Nullable String leftOut, @Nullable String newestId) {}

    private static final Instant FIRST_POST = Instant.parse("2006-03-21T00:00:00Z");
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    /** Ids are numbers that outgrow an {@code int}; the longer one is the newer. */
    private static final Comparator<String> OLDEST_FIRST = Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private XPosts() {}

    /** Reads the posts of an author, or of anybody when {@code author} is null. */
    static Sorted read(@Nullable List<JsonNode> tweets, @Nullable String author, Instant now, XFaults faults) {
        List<Post> posts = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        String leftOut = null;
        for (JsonNode tweet : tweets == null ? List.<JsonNode>of() : tweets) {
            try {
                posts.add(read(tweet, author, now));
            } catch (NoPost none) {
                leftOut = String.valueOf(none.getMessage());
                String id = tweet.path("id").asString("");
                if (isId(id)) {
                    ids.add(id);
                }
            }
        }
        if (posts.isEmpty() && leftOut != null) {
            throw faults.malformed("sent " + leftOut);
        }
        posts.sort(Comparator.comparing(Post::id, OLDEST_FIRST).reversed());
        posts.forEach(post -> ids.add(post.id()));
        return new Sorted(List.copyOf(posts), leftOut, ids.stream().max(OLDEST_FIRST).orElse(null));
    }

    private static Post read(JsonNode json, @Nullable String author, Instant now) throws NoPost {
        Tweet tweet;
        try {
            tweet = XWire.JSON.treeToValue(json, Tweet.class);
        } catch (JacksonException e) {
            throw new NoPost("a post that is not its documented JSON");
        }
        if (tweet == null || tweet.createdAt() == null) {
            throw new NoPost("a post without its time");
        }
        Instant createdAt = time(tweet.createdAt(), now);
        if (tweet.id() == null || !isId(tweet.id()) || tweet.id().equals("0")) {
            throw new NoPost("a post without a proper id");
        }
        if (tweet.authorId() == null || !isId(tweet.authorId())) {
            throw new NoPost("a post without its author's id");
        }
        if (author != null && !author.equals(tweet.authorId())) {
            throw new NoPost("a post of another account");
        }
        String text = tweet.noteTweet() != null && tweet.noteTweet().text() != null ? tweet.noteTweet().text() : tweet.text();
        if (text == null || StorableText.truncate(text, text.length()).isBlank()) {
            throw new NoPost("a post without text");
        }
        Metrics metrics = tweet.publicMetrics() == null ? new Metrics(0L, 0L, 0L, 0L) : tweet.publicMetrics();
        return new Post(tweet.id(), unescaped(text), tweet.authorId(), createdAt, tweet.lang(),
                tweet.conversationId(), inReplyTo(tweet.referencedTweets()), count(metrics.likeCount()),
                count(metrics.retweetCount()), count(metrics.replyCount()), count(metrics.quoteCount()));
    }

    /** A time in words. A number is none: it can stand for seconds, for their thousandth, or for nothing at all. */
    private static Instant time(String text, Instant now) throws NoPost {
        try {
            Instant time = Instant.parse(text);
            if (!time.isBefore(FIRST_POST) && !time.isAfter(now.plus(CLOCKS_DIFFER))) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // Said below, in the same words as one out of range.
        }
        throw new NoPost("a post with a time at which none can have been written");
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
