package social.coral.web.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.content.EngagementFilter;
import social.coral.content.EngagementReport.Step;
import social.coral.content.PublishedPost.Kind;
import social.coral.web.frame.Option;

/**
 * Which published posts are shown.
 *
 * @param span over how many days; null or empty for 90
 * @param kind null or empty for all
 * @param persona the id of a persona; null or empty for all
 */
public record MetricsFilter(@Nullable String span, @Nullable String kind, @Nullable String persona) {

    public static final List<Option> SPANS = Option.list("30", "Last 30 days", "365", "Last 12 months", "all", "All time");
    public static final List<Option> KINDS = Option.list("tweet", "Posts", "thread", "Threads", "reply", "Replies");

    private static final int USUAL_DAYS = 90;

    EngagementFilter at(Instant now) {
        String days = Option.chosen("span", span, SPANS);
        String only = Option.chosen("kind", kind, KINDS);
        Instant since = days.equals("all") ? null : now.minus(Duration.ofDays(days.isEmpty() ? USUAL_DAYS : Integer.parseInt(days)));
        return new EngagementFilter(since, only.isEmpty() ? null : Kind.valueOf(only.toUpperCase(Locale.ROOT)), personaId());
    }

    private @Nullable UUID personaId() {
        String id = persona == null ? "" : persona.strip();
        try {
            return id.isEmpty() ? null : UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Failure.invalid("persona", "“" + id + "” is not one of your personas. Choose another.");
        }
    }

    /** In what steps the chart tells the time. */
    Step step() {
        return switch (span == null ? "" : span.strip()) {
            case "30" -> Step.DAY;
            case "all" -> Step.MONTH;
            default -> Step.WEEK;
        };
    }
}
