package social.coral.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * A post as written.
 *
 * @param text as the author typed it, without escapes
 * @param conversation the id of the post that started the conversation
 * @param reference the post that it replies to or reposts, or null
 * @param topic its topic, or null if unknown
 * @param likes the number of likes it will eventually have
 */
record SandboxPost(
        long id,
        long authorId,
        String lang,
        String text,
        long conversation,
        @Nullable Reference reference,
        @Nullable String topic,
        int likes) {

    /** How one post refers to another. */
    record Reference(Kind kind, long id, long authorId) {

        enum Kind {
            REPLIED_TO,
            RETWEETED
        }
    }

    long epochMilli() {
        return Snowflake.epochMilli(id);
    }

    boolean isReply() {
        return reference != null && reference.kind() == Reference.Kind.REPLIED_TO;
    }

    boolean isRetweet() {
        return reference != null && reference.kind() == Reference.Kind.RETWEETED;
    }
}
