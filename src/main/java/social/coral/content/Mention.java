package social.coral.content;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.networks.Network;

/**
 * A post of somebody else that mentions an account of the tenant's.
 *
 * @param author the handle, and {@code authorName} what the author is called beside it
 * @param limited whether not everybody may reply to it
 * @param reason why it was set aside; null for one that was not
 * @param stateSince when it came into its state
 * @param wanted whether a person wants it answered, whatever an agent makes of it
 */
public record Mention(
        UUID id,
        UUID userId,
        Network network,
        String tweetId,
        String accountId,
        String authorId,
        String author,
        String authorName,
        String content,
        @Nullable String lang,
        @Nullable String conversationId,
        @Nullable String inReplyToId,
        boolean limited,
        Instant createdAt,
        Instant collectedAt,
        State state,
        @Nullable Reason reason,
        Instant stateSince,
        boolean wanted) {

    /** What became of it. */
    public enum State {
        /** Nothing yet: it waits for an agent. */
        OPEN,
        /** A reply was written that is still there. */
        ANSWERED,
        SET_ASIDE;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Why no reply was written. */
    public enum Reason {
        HOSTILE(true),
        OFF_TOPIC(true),
        AUTOMATIC(true),
        /** Nothing that is known here answers it. */
        NO_ANSWER(true),
        /** A person deleted the reply to it. */
        DISMISSED(true),
        /** It was written too long ago. */
        OLD(true),
        /** Its author had a reply shortly before. */
        RECENT(false),
        MUTED(true),
        /** Its author has limited who may reply. */
        LIMITED(false),
        /** It is no longer shown to the account: its author has blocked it, or protects the posts. */
        CLOSED(false),
        /** It was deleted. */
        GONE(false);

        private final boolean overruled;

        Reason(boolean overruled) {
            this.overruled = overruled;
        }

        /** Reports whether a person may have an agent answer it all the same. */
        public boolean canBeOverruled() {
            return overruled;
        }

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
