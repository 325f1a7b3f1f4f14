package social.coral.content;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;

/**
 * A person's change to a post. Null leaves a value unchanged; an empty text for time or zone clears it.
 */
public record TweetChange(@Nullable String content, @Nullable PostStatus status, @Nullable String scheduledFor, @Nullable String timeZone) {

    /** Returns the post after the change, or throws a failure that says why it cannot be made. */
    Tweet appliedTo(Tweet before, Instant now) {
        boolean edits = content != null || scheduledFor != null || timeZone != null;
        if (edits && !before.status().isEditable()) {
            throw Failure.conflict("not_editable", "A post that is " + before.status() + " can no longer be changed.");
        }
        String words = content == null ? before.content() : PostText.kept("content", content);
        PostStatus standing = words.equals(before.content()) ? before.status() : before.status().afterEdit();
        PostStatus after = status == null ? standing : standing.to(status);
        if (after.mustFit()) {
            PostText.mustFit("content", words);
        }
        Instant time = scheduledFor == null ? before.scheduledFor()
                : text(scheduledFor).map(given -> PlannedTime.instant("scheduled_for", given, now)).orElse(null);
        String zone = timeZone == null ? before.timeZone()
                : text(timeZone).map(given -> PlannedTime.zone("time_zone", given)).orElse(null);
        if (after == PostStatus.SCHEDULED && (time == null || !time.isAfter(now))) {
            throw Failure.invalid("scheduled_for", "A scheduled post needs a time in the future.");
        }
        return new Tweet(before.id(), before.userId(), words, after, time, zone, before.createdAt(), now);
    }

    private static Optional<String> text(String given) {
        return Optional.of(given.strip()).filter(some -> !some.isEmpty());
    }
}
