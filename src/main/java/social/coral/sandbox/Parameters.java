package social.coral.sandbox;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Parses the query of a call as X does: unknown or out-of-range parameters are refused by name. */
final class Parameters {

    private static final Set<String> USER_FIELDS = Set.of("id", "name", "username", "created_at", "description", "protected",
            "public_metrics", "verified", "verified_type", "location", "url", "entities", "pinned_tweet_id", "profile_image_url",
            "withheld");
    private static final Set<String> TWEET_FIELDS = Set.of("id", "text", "author_id", "created_at", "lang", "conversation_id",
            "referenced_tweets", "in_reply_to_user_id", "public_metrics", "edit_history_tweet_ids", "note_tweet", "attachments",
            "context_annotations", "edit_controls", "entities", "geo", "possibly_sensitive", "reply_settings", "source", "withheld");
    private static final Set<String> EXPANSIONS = Set.of("author_id", "referenced_tweets.id", "referenced_tweets.id.author_id", "in_reply_to_user_id",
            "attachments.media_keys", "attachments.poll_ids", "entities.mentions.username", "geo.place_id", "edit_history_tweet_ids", "pinned_tweet_id");
    private static final int MAX_AT_ONCE = 100;

    private final Request request;

    Parameters(Request request, String... known) {
        this.request = request;
        List<String> names = List.of(known);
        for (String name : request.query().keySet()) {
            if (!names.contains(name)) {
                throw Refusal.parameter(name, String.valueOf(request.query().get(name)), "The query parameter [" + name + "] is not one of "
                        + names);
            }
        }
    }

    @Nullable String text(String name) {
        return request.query().get(name);
    }

    int number(String name, int absent, int least, int most) {
        String text = text(name);
        if (text == null) {
            return absent;
        }
        if (text.matches("[0-9]{1,6}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw Refusal.value(name, text, "is not between " + least + " and " + most);
    }

    long id(String name, long absent) {
        String text = text(name);
        return text == null ? absent : id(name, text);
    }

    static long id(String name, String text) {
        if (text.matches("[0-9]{1,18}|[0-8][0-9]{18}")) {
            return Long.parseLong(text);
        }
        throw Refusal.value(name, text, "is not valid");
    }

    /** Returns the id before those of posts from this time on; 0 without the parameter. */
    long startOf(String name) {
        String text = text(name);
        if (text == null) {
            return 0;
        }
        try {
            return Math.max(0, Snowflake.id(Instant.parse(text).toEpochMilli(), 0, 0) - 1);
        } catch (DateTimeParseException e) {
            throw Refusal.value(name, text, "is not valid");
        }
    }

    /** Returns 1 to 100 comma-separated values. */
    List<String> several(String name) {
        String text = text(name);
        List<String> values = text == null || text.isEmpty() ? List.of() : List.of(text.split(",", -1));
        if (values.isEmpty() || values.size() > MAX_AT_ONCE) {
            throw Refusal.parameter(name, text == null ? "" : text, "The `" + name + "` query parameter has " + values.size()
                    + " values; 1 to " + MAX_AT_ONCE + " are allowed");
        }
        return values;
    }

    Set<String> userFields() {
        return fields("user.fields", USER_FIELDS, "id", "name", "username");
    }

    Set<String> tweetFields() {
        return fields("tweet.fields", TWEET_FIELDS, "id", "text", "edit_history_tweet_ids");
    }

    /** What is to come with the posts; the sandbox has their authors. */
    Set<String> expansions() {
        return fields("expansions", EXPANSIONS);
    }

    private Set<String> fields(String name, Set<String> known, String... always) {
        Set<String> fields = new LinkedHashSet<>(Arrays.asList(always));
        String text = text(name);
        if (text != null) {
            for (String field : text.split(",", -1)) {
                if (!known.contains(field)) {
                    throw Refusal.value(name, field, "is not one of its fields");
                }
                fields.add(field);
            }
        }
        return fields;
    }

    /** Returns the filter for {@code exclude}. */
    Predicate<SandboxPost> wanted() {
        String text = text("exclude");
        List<String> excluded = text == null ? List.of() : List.of(text.split(",", -1));
        for (String kind : excluded) {
            if (!kind.equals("retweets") && !kind.equals("replies")) {
                throw Refusal.value("exclude", kind, "is not one of [retweets,replies]");
            }
        }
        return post -> !(excluded.contains("retweets") && post.isRetweet() || excluded.contains("replies") && post.isReply());
    }
}
