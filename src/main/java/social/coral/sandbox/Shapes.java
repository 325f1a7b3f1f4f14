package social.coral.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import social.coral.sandbox.SandboxPost.Reference;

/** Renders accounts and posts as X does, with the requested fields. */
final class Shapes {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final int GUARDED = 6;

    private Shapes() {}

    static Map<String, Object> user(Account account, boolean isProtected, int posts, Set<String> fields) {
        Map<String, Object> user = new LinkedHashMap<>();
        for (String field : fields) {
            switch (field) {
                case "id" -> user.put(field, Long.toString(account.id()));
                case "name" -> user.put(field, account.name());
                case "username" -> user.put(field, account.handle());
                case "created_at" -> user.put(field, TIME.format(account.createdAt()));
                case "description" -> user.put(field, escaped(account.about()));
                case "protected" -> user.put(field, isProtected);
                case "verified" -> user.put(field, false);
                case "public_metrics" -> user.put(field, Map.of("followers_count", account.followers(), "following_count",
                        Dice.of(account.id(), 2).below(900), "tweet_count", posts, "listed_count", account.followers() / 150));
                default -> {
                    // A field that X leaves out when it is empty.
                }
            }
        }
        return user;
    }

    static Map<String, Object> tweet(SandboxPost post, Set<String> fields, long now) {
        Map<String, Object> tweet = new LinkedHashMap<>();
        String id = Long.toString(post.id());
        Reference reference = post.reference();
        for (String field : fields) {
            switch (field) {
                case "id" -> tweet.put(field, id);
                case "text" -> tweet.put(field, escaped(post.text()));
                case "edit_history_tweet_ids" -> tweet.put(field, List.of(id));
                case "author_id" -> tweet.put(field, Long.toString(post.authorId()));
                case "created_at" -> tweet.put(field, TIME.format(Instant.ofEpochMilli(post.epochMilli())));
                case "lang" -> tweet.put(field, post.lang());
                case "conversation_id" -> tweet.put(field, Long.toString(post.conversation()));
                case "possibly_sensitive" -> tweet.put(field, false);
                case "reply_settings" -> tweet.put(field, isGuarded(post) ? "following" : "everyone");
                case "public_metrics" -> tweet.put(field, metrics(Engagement.of(post, now)));
                case "referenced_tweets" -> {
                    if (reference != null) {
                        String kind = reference.kind().name().toLowerCase(Locale.ROOT);
                        tweet.put(field, List.of(Map.of("type", kind, "id", Long.toString(reference.id()))));
                    }
                }
                case "in_reply_to_user_id" -> {
                    if (reference != null && post.isReply()) {
                        tweet.put(field, Long.toString(reference.authorId()));
                    }
                }
                default -> {
                    // A field that X leaves out when it is empty.
                }
            }
        }
        return tweet;
    }

    /** Some of the crowd let only those reply whom they follow. */
    private static boolean isGuarded(SandboxPost post) {
        return Snowflake.author(post.id()) == Snowflake.CROWD && Dice.of(post.id(), 5).chance(GUARDED);
    }

    private static Map<String, Integer> metrics(Engagement engagement) {
        Map<String, Integer> metrics = new LinkedHashMap<>();
        metrics.put("retweet_count", engagement.retweets());
        metrics.put("reply_count", engagement.replies());
        metrics.put("like_count", engagement.likes());
        metrics.put("quote_count", engagement.quotes());
        metrics.put("bookmark_count", engagement.bookmarks());
        metrics.put("impression_count", engagement.impressions());
        return metrics;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
