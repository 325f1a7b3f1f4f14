package social.coral.content;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;

/**
 * A change to a text that passes review. Null leaves a value unchanged; an empty text clears a thread's title, the time or the zone.
 *
 * @param parts all parts of a thread; the one text of the others
 */
public record TextChange(
        @Nullable String title, @Nullable List<String> parts, @Nullable PostStatus status, @Nullable String scheduledFor, @Nullable String timeZone) {

    /** What a text says, how far it has come, and when it goes out. */
    record State(@Nullable String title, List<String> parts, PostStatus status, @Nullable Instant scheduledFor, @Nullable String timeZone) {

        static State of(ReviewedText text) {
            return new State(text.title(), text.texts(), text.status(), text.scheduledFor(), text.timeZone());
        }

        boolean saysAs(State other) {
            return Objects.equals(title, other.title) && parts.equals(other.parts);
        }

        /** Reports whether an approval of the one is an approval of the other: the title of a thread is not seen on X. */
        boolean looksAs(State other, TextKind kind) {
            return parts.equals(other.parts) && (kind == TextKind.THREAD || Objects.equals(title, other.title));
        }

        boolean goesOutAs(State other) {
            return Objects.equals(scheduledFor, other.scheduledFor) && Objects.equals(timeZone, other.timeZone);
        }
    }

    /** Other words, and nothing else. */
    public static TextChange words(@Nullable String title, List<String> parts) {
        return new TextChange(title, parts, null, null, null);
    }

    /** Other words for a text of one part. */
    public static TextChange content(String content) {
        return words(null, List.of(content));
    }

    /** A step, and nothing else. */
    public static TextChange to(PostStatus status) {
        return new TextChange(null, null, status, null, null);
    }

    /** Reports whether it gives only words, and the text has them already. */
    boolean isDone(ReviewedText text) {
        return (title != null || parts != null) && (title == null || title.equals(text.title())) && (parts == null || parts.equals(text.texts()));
    }

    /**
     * Returns the text after the change, or throws a failure that says why it cannot be made.
     *
     * @param limit asked only where the text is longer than every account may publish
     */
    State appliedTo(ReviewedText before, Instant now, Supplier<PostLimit> limit) {
        TextKind kind = before.kind();
        boolean edits = title != null || parts != null || scheduledFor != null || timeZone != null;
        if (edits && !before.status().isEditable()) {
            throw Failure.conflict("not_editable", "A " + kind.noun() + " that is " + before.status() + " can no longer be changed.");
        }
        State was = State.of(before);
        State said = new State(title == null ? was.title() : kind.title(title), parts == null ? was.parts() : kind.parts(parts), was.status(), null, null);
        PostStatus standing = said.looksAs(was, kind) ? was.status() : was.status().afterEdit();
        PostStatus after = status == null ? standing : standing.to(status, before.nextByActor(standing), kind);
        if (after.mustFit() && !PostLimit.SHORT.fits(kind, said.parts())) {
            kind.mustFit(said.parts(), limit.get());
        }
        String zone = timeZone == null ? was.timeZone() : text(timeZone).map(given -> PlannedTime.zone("time_zone", given)).orElse(null);
        Instant time = scheduledFor == null ? was.scheduledFor()
                : text(scheduledFor).map(given -> PlannedTime.instant("scheduled_for", given, zone, now)).orElse(null);
        if (after == PostStatus.SCHEDULED && (time == null || !time.isAfter(now))) {
            throw Failure.invalid("scheduled_for", "A scheduled " + kind.noun() + " needs a time in the future.");
        }
        return new State(said.title(), said.parts(), after, time, zone);
    }

    private static Optional<String> text(String given) {
        return Optional.of(given.strip()).filter(some -> !some.isEmpty());
    }
}
