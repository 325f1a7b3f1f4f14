package social.coral.networks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;
import social.coral.networks.XWire.Metrics;
import social.coral.networks.XWire.Reference;
import social.coral.networks.XWire.Tweet;
import tools.jackson.databind.JsonNode;

/**
 * Reads one account's posts from an answer. What lacks what makes it a post is left out, with the reason, so that an odd post
 * does not keep its account from the others.
 */
record XPosts(String authorId, String handle, Instant now, XFaults faults) {

    /** Why something is no post. */
    private static final class NoPost extends Exception {

        NoPost(String why) {
            super(why, null, false, false);
        }

        LeftOut leftOut(JsonNode json) {
            String id = json.path("id").asString("");
            return new LeftOut(PostIds.isId(id) ? id : null, String.valueOf(getMessage()));
        }
    }

    /** More than the five edits that X allows. */
    private static final int MAX_VERSIONS = 20;
    static final String A_REPOST = "a repost";
    private static final String OF_ANOTHER = "of another account";
    private static final int MAX_DIGITS = 40;
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    PostPage page(@Nullable List<JsonNode> tweets, @Nullable String nextToken) {
        if (tweets != null && tweets.size() > PostQuery.MAX_SIZE) {
            throw faults.malformed("sent far more posts than were asked for");
        }
        List<Post> posts = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        Map<String, List<String>> olderVersions = new HashMap<>();
        String newestId = null;
        int unread = 0;
        for (JsonNode json : tweets == null ? List.<JsonNode>of() : tweets) {
            try {
                posts.add(read(json, olderVersions));
                unread += isReadable(tweet(json).publicMetrics()) ? 0 : 1;
            } catch (NoPost none) {
                leftOut.add(none.leftOut(json));
            }
            String id = json.path("id").asString("");
            newestId = PostIds.isId(id) && isPast(id) ? PostIds.newer(newestId, id) : newestId;
        }
        if (posts.isEmpty() && !leftOut.isEmpty() && leftOut.stream().allMatch(one -> one.why().equals(OF_ANOTHER))) {
            throw faults.malformed("sent the posts of another account");
        }
        Set<String> older = olderVersions.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        posts.removeIf(post -> older.contains(post.id()));
        posts.sort(Comparator.comparing(Post::id, PostIds.OLDEST_FIRST).reversed());
        return new PostPage(posts, nextToken, newestId, leftOut, olderVersions, unread, null);
    }

    /** Reports whether the id can exist already. One from the future would keep everything before it from being asked for. */
    private boolean isPast(String id) {
        Instant time = PostIds.time(id);
        return PostIds.isWithin64Bits(id) && (time == null || !time.isAfter(now.plus(CLOCKS_DIFFER)));
    }

    private Post read(JsonNode json, Map<String, List<String>> olderVersions) throws NoPost {
        Tweet tweet = tweet(json);
        if (tweet.createdAt() == null) {
            throw new NoPost("without its time");
        }
        Instant createdAt = time(tweet.createdAt());
        if (!PostIds.isId(tweet.id()) || !isPast(String.valueOf(tweet.id()))) {
            throw new NoPost("without a proper id");
        }
        if (!PostIds.isId(tweet.authorId())) {
            throw new NoPost("without its author's id");
        }
        if (!authorId.equals(tweet.authorId())) {
            throw new NoPost(OF_ANOTHER);
        }
        String note = tweet.noteTweet() == null ? null : tweet.noteTweet().text();
        String text = isBlank(note) ? tweet.text() : note;
        if (text == null || isBlank(text)) {
            throw new NoPost("without text");
        }
        if (referenceTo(tweet, "retweeted") != null) {
            throw new NoPost(A_REPOST);
        }
        String id = String.valueOf(tweet.id());
        List<String> older = PostVersions.before(id, tweet.editHistoryTweetIds() == null ? List.of() : tweet.editHistoryTweetIds().stream().limit(MAX_VERSIONS).toList());
        if (!older.isEmpty()) {
            olderVersions.put(id, older);
            createdAt = PostVersions.firstTime(older.getFirst(), createdAt);
        }
        return new Post(id, handle, PostMarkup.written(text, PostMarkup.links(json), true), createdAt, tweet.lang(), tweet.conversationId(),
                referenceTo(tweet, "replied_to"), counts(tweet.publicMetrics()));
    }

    /** Reports whether nothing is left of the text when it is stored. */
    private static boolean isBlank(@Nullable String text) {
        return text == null || StorableText.isBlank(text);
    }

    private static Tweet tweet(JsonNode json) throws NoPost {
        return XWire.tolerant(json, Tweet.class).orElseThrow(() -> new NoPost("that is not its documented JSON"));
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
        throw new NoPost("with a time at which none can have been written");
    }

    /** The counts of posts of anybody, by their ids; without those of which a count cannot be read. */
    static Map<String, CountedPosts.Count> counts(@Nullable List<JsonNode> tweets, XFaults faults) {
        Map<String, CountedPosts.Count> counts = new HashMap<>();
        boolean isAllOdd = tweets != null && !tweets.isEmpty();
        for (JsonNode json : tweets == null ? List.<JsonNode>of() : tweets) {
            Tweet tweet = XWire.tolerant(json, Tweet.class).orElse(null);
            if (tweet != null && PostIds.isId(tweet.id())) {
                isAllOdd = false;
                Metrics metrics = tweet.publicMetrics();
                if (metrics != null && isCounted(metrics)) {
                    counts.put(String.valueOf(tweet.id()), new CountedPosts.Count(counts(metrics), optional(metrics.quoteCount()), optional(metrics.impressionCount())));
                }
            }
        }
        if (isAllOdd) {
            throw faults.malformed("sent posts without proper ids");
        }
        return counts;
    }

    private static boolean isReadable(@Nullable Metrics metrics) {
        return metrics == null || Stream.of(metrics.likeCount(), metrics.retweetCount(), metrics.replyCount())
                .allMatch(count -> count == null || count.isNull() || wholeNumber(count).isPresent());
    }

    /** Where likes are not told, nothing was counted; they are not 0. */
    private static boolean isCounted(Metrics metrics) {
        return metrics.likeCount() != null && wholeNumber(metrics.likeCount()).isPresent() && isReadable(metrics);
    }

    /** A count that cannot be read costs itself and not the post. */
    private static PostCounts counts(@Nullable Metrics metrics) {
        return metrics == null ? PostCounts.NONE
                : new PostCounts(count(metrics.likeCount()), count(metrics.retweetCount()), count(metrics.replyCount()));
    }

    /** X leaves out what it does not tell everybody, and tells 0 impressions of posts from before it counted them. */
    private static @Nullable Integer optional(@Nullable JsonNode value) {
        return value == null || wholeNumber(value).isEmpty() ? null : (Integer) count(value);
    }

    private static int count(@Nullable JsonNode value) {
        return value == null ? 0
                : wholeNumber(value).orElse(BigInteger.ZERO).max(BigInteger.ZERO).min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
    }

    /** Reads a whole number in each form that can only mean one, such as {@code "7"} and {@code 1.5e3}. */
    private static Optional<BigInteger> wholeNumber(JsonNode value) {
        String text = value.isNumber() || value.isString() ? value.asString() : "";
        try {
            BigDecimal number = new BigDecimal(text.length() > MAX_DIGITS ? "" : text);
            return number.scale() < -MAX_DIGITS ? Optional.empty() : Optional.of(number.toBigIntegerExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String referenceTo(Tweet tweet, String type) {
        if (tweet.referencedTweets() != null) {
            for (Reference reference : tweet.referencedTweets()) {
                if (reference != null && type.equals(reference.type())) {
                    return reference.id();
                }
            }
        }
        return null;
    }
}
