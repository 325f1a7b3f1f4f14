package social.coral.networks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;
import social.coral.api.StorableTime;

/**
 * A post that was read, on a network or in a file. Foreign input, so the text loses what cannot be stored (NUL, halves of
 * surrogate pairs) and ends at the longest that a post can be.
 *
 * @param author the handle of who wrote it, in lower case
 * @param text the whole text, without the network's HTML escapes
 * @param conversationId the post that began the conversation
 * @param inReplyToId the post that this one answers, or null
 */
public record Post(
        String id,
        String author,
        String text,
        Instant createdAt,
        @Nullable String lang,
        @Nullable String conversationId,
        @Nullable String inReplyToId,
        PostCounts counts) {

    public static final int MAX_LENGTH = 25_000;
    private static final int MAX_LANG_LENGTH = 12;
    private static final List<ChronoUnit> TABLE_PRECISIONS = List.of(ChronoUnit.SECONDS, ChronoUnit.MINUTES, ChronoUnit.DAYS);

    public Post {
        if (!PostIds.isId(id) && !PostIds.isDerived(id)) {
            throw new IllegalArgumentException("not an id of a post: " + id);
        }
        if (!NetworkUser.isHandle(author)) {
            throw new IllegalArgumentException("not a handle: " + author);
        }
        if (!StorableTime.isValid(createdAt)) {
            throw new IllegalArgumentException("not a time of a post: " + createdAt);
        }
        author = author.toLowerCase(Locale.ROOT);
        text = StorableText.truncate(text, MAX_LENGTH);
        lang = lang == null || lang.isEmpty() || lang.length() > MAX_LANG_LENGTH ? null : StorableText.truncate(lang, MAX_LANG_LENGTH);
        conversationId = PostIds.isId(conversationId) ? conversationId : null;
        inReplyToId = PostIds.isId(inReplyToId) ? inReplyToId : null;
    }

    /** The same post in another conversation, as an answer to another post; in the place of either, null leaves it. */
    public Post answering(@Nullable String conversation, @Nullable String parent) {
        return conversation == null && parent == null ? this
                : new Post(id, author, text, createdAt, lang, conversation == null ? conversationId : conversation, parent == null ? inReplyToId : parent, counts);
    }

    /** Returns the times that a table may tell of it: its own, and what is left of it in a table that tells less. */
    public Stream<Instant> timesInTables() {
        return timesInTables(createdAt);
    }

    /** Returns the times that a table may tell of a post of this time. */
    public static Stream<Instant> timesInTables(Instant time) {
        return Stream.concat(Stream.of(time), TABLE_PRECISIONS.stream().map(time::truncatedTo)).distinct();
    }

    /** The same post without an id of the network, by another author. */
    public Post by(String other) {
        return new Post(PostIds.derived(other, createdAt, text), other, text, createdAt, lang, conversationId, inReplyToId, counts);
    }

    /** The same post with another text. */
    public Post saying(String other) {
        return new Post(id, author, other, createdAt, lang, conversationId, inReplyToId, counts);
    }

    /** The same post under another id. */
    public Post withId(String other) {
        return new Post(other, author, text, createdAt, lang, conversationId, inReplyToId, counts);
    }
}
