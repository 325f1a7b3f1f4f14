package social.coral.content;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.tenancy.Actor;

/** What all texts have in common that pass review before they go out. */
public sealed interface ReviewedText permits Blog, TweetThread, Reply, Tweet {

    Pattern BLANKS = Pattern.compile("\\s+");
    int AUDITED_LENGTH = 60;

    TextKind kind();

    UUID id();

    /** The title, of those that can have one. */
    default @Nullable String title() {
        return null;
    }

    /** The parts of a thread; the one text of the others. */
    List<String> texts();

    PostStatus status();

    @Nullable Instant scheduledFor();

    @Nullable String timeZone();

    Writer writtenBy();

    List<TextSource> sources();

    /** What of an agent's text is in no source and not in the persona; null where that was not looked for. */
    @Nullable List<TextMark> marks();

    Instant createdAt();

    Instant updatedAt();

    /** Reports whether the agent that wrote it is to change it; what a person has edited since is the person's. */
    default boolean isRevisedByAgent() {
        return status() == PostStatus.CHANGES_WANTED && writtenBy().agent() != null && writtenBy().unedited();
    }

    /** The statuses to which a person may move it. */
    default Set<PostStatus> next() {
        return nextFrom(status());
    }

    /** As {@link #next}, if it had that status: what an agent wrote is approved before it is scheduled. */
    default Set<PostStatus> nextFrom(PostStatus status) {
        Set<PostStatus> next = status.next();
        if (writtenBy().agent() != null && status == PostStatus.DRAFT) {
            next.remove(PostStatus.SCHEDULED);
        }
        return next;
    }

    /** The statuses to which whoever does the current work may move it; an agent moves only what an agent wrote. */
    default Set<PostStatus> nextByActor(PostStatus status) {
        if (Actor.current().agent().isEmpty()) {
            return nextFrom(status);
        }
        return writtenBy().agent() == null ? EnumSet.noneOf(PostStatus.class) : status.nextByAgent();
    }

    /** Returns its id and its beginning, because an entry of the audit shows the text as it was at the time. */
    default String auditSubject() {
        String title = title();
        String line = BLANKS.matcher((title == null ? texts().getFirst() : title).strip()).replaceAll(" ");
        return id() + " " + (line.codePointCount(0, line.length()) > AUDITED_LENGTH
                ? line.substring(0, line.offsetByCodePoints(0, AUDITED_LENGTH)).strip() + "…"
                : line);
    }
}
