package social.coral.networks;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;
import social.coral.networks.XWire.Metrics;
import social.coral.networks.XWire.Reference;
import social.coral.networks.XWire.Tweet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads one account's posts from an answer. What lacks what makes it a post is left out, with the reason, so that an odd post
 * does not keep its account from the others. A whole page without one post is not what X sends.
 */
record XPosts(String authorId, String handle, Instant now, XFaults faults) {

    /** Why something is no post. */
    private static final class NoPost extends Exception {

        NoPost(String what) {
            super(what, null, false, false);
        }
    }

    private static final String OF_ANOTHER = "a post of another account";
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    /** @param passOver whether a last page without one post is passed over, instead of refused in the hope of a better one */
    PostPage page(@Nullable List<JsonNode> tweets, @Nullable String nextToken, boolean passOver) {
        List<Post> posts = new ArrayList<>();
        String newestId = null;
        String leftOut = null;
        for (JsonNode json : tweets == null ? List.<JsonNode>of() : tweets) {
            try {
                posts.add(read(json));
            } catch (NoPost none) {
                leftOut = String.valueOf(none.getMessage());
            }
            String id = json.path("id").asString("");
            newestId = PostIds.isId(id) ? PostIds.newer(newestId, id) : newestId;
        }
        if (leftOut != null && posts.isEmpty() && (!passOver || newestId == null || nextToken != null || leftOut.equals(OF_ANOTHER))) {
            throw faults.malformed("sent " + leftOut);
        }
        posts.sort(Comparator.comparing(Post::id, PostIds.OLDEST_FIRST).reversed());
        return new PostPage(posts, nextToken, newestId, leftOut);
    }

    private Post read(JsonNode json) throws NoPost {
        Tweet tweet = tweet(json);
        if (tweet == null || tweet.createdAt() == null) {
            throw new NoPost("a post without its time");
        }
        Instant createdAt = time(tweet.createdAt());
        if (!PostIds.isId(tweet.id())) {
            throw new NoPost("a post without a proper id");
        }
        if (!PostIds.isId(tweet.authorId())) {
            throw new NoPost("a post without its author's id");
        }
        if (!authorId.equals(tweet.authorId())) {
            throw new NoPost(OF_ANOTHER);
        }
        String text = tweet.noteTweet() != null && tweet.noteTweet().text() != null ? tweet.noteTweet().text() : tweet.text();
        if (text == null || StorableText.truncate(text, text.length()).isBlank()) {
            throw new NoPost("a post without text");
        }
        return new Post(String.valueOf(tweet.id()), handle, PostMarkup.written(text, PostMarkup.links(json), true), createdAt, tweet.lang(), tweet.conversationId(),
                inReplyTo(tweet.referencedTweets()), counts(tweet.publicMetrics()));
    }

    private static @Nullable Tweet tweet(JsonNode json) throws NoPost {
        try {
            return XWire.JSON.treeToValue(json, Tweet.class);
        } catch (JacksonException e) {
            throw new NoPost("a post that is not its documented JSON");
        }
    }

    /** A time in words. A number is none: it can stand for seconds, for their thousandth, or for nothing at all. */
    private Instant time(String text) throws NoPost {
        try {
            Instant time = Instant.parse(text);
            if (!time.isBefore(PostIds.FIRST_POST) && !time.isAfter(now.plus(CLOCKS_DIFFER))) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // Answered below, in the same words as one out of range.
        }
        throw new NoPost("a post with a time at which none can have been written");
    }

    /** The counts of posts of anybody, by their ids. */
    static Map<String, PostCounts> counts(@Nullable List<JsonNode> tweets, XFaults faults) {
        Map<String, PostCounts> counts = new HashMap<>();
        String noPost = null;
        for (JsonNode json : tweets == null ? List.<JsonNode>of() : tweets) {
            try {
                Tweet tweet = tweet(json);
                if (tweet == null || !PostIds.isId(tweet.id())) {
                    throw new NoPost("a post without a proper id");
                }
                counts.put(String.valueOf(tweet.id()), counts(tweet.publicMetrics()));
            } catch (NoPost none) {
                noPost = none.getMessage();
            }
        }
        if (counts.isEmpty() && noPost != null) {
            throw faults.malformed("sent " + noPost);
        }
        return counts;
    }

    private static PostCounts counts(@Nullable Metrics metrics) {
        return metrics == null ? PostCounts.NONE
                : new PostCounts(count(metrics.likeCount()), count(metrics.retweetCount()), count(metrics.replyCount()));
    }

    private static int count(@Nullable Long value) {
        return value == null ? 0 : Math.clamp(value, 0, Integer.MAX_VALUE);
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
}
