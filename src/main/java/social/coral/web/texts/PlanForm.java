package social.coral.web.texts;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;
import social.coral.api.Failure;
import social.coral.api.TimeZones;
import social.coral.content.PlannedTime;
import social.coral.content.PostStatus;
import social.coral.content.ReviewedText;
import social.coral.content.TextChange;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Form;

/** When a text shall go out, as a person types it: a day and a time as the clocks of a zone show them. */
public record PlanForm(
        @BindParam("scheduled_for") @Nullable String scheduledFor, @BindParam("time_zone") @Nullable String timeZone, @Nullable String seen) {

    private static final int HOUR = 9;

    /** The form with the time that is planned; else tomorrow morning. */
    static Form of(ReviewedText text, String ownZone, Instant now) {
        String zone = text.timeZone() == null || text.scheduledFor() == null ? ownZone : text.timeZone();
        LocalDateTime time = text.scheduledFor() == null
                ? LocalDateTime.ofInstant(now, ZoneId.of(zone)).plusDays(1).withHour(HOUR).truncatedTo(ChronoUnit.HOURS)
                : LocalDateTime.ofInstant(text.scheduledFor(), ZoneId.of(zone)).truncatedTo(ChronoUnit.MINUTES);
        return Form.empty().with("scheduled_for", time.toString()).with("time_zone", zone).with(ConcurrentEdit.SEEN, text.updatedAt().toString());
    }

    TextChange change() {
        ZoneId zone = TimeZones.parse("time_zone", timeZone == null ? "" : timeZone);
        try {
            String at = PlannedTime.at("scheduled_for", LocalDateTime.parse(scheduledFor == null ? "" : scheduledFor.strip()), zone).toString();
            return new TextChange(null, null, PostStatus.SCHEDULED, at, zone.getId());
        } catch (DateTimeException e) {
            throw Failure.invalid("scheduled_for", "Choose a day and a time, such as 2027-01-31T09:00.");
        }
    }
}
