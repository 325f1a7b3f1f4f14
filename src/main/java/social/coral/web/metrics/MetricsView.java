package social.coral.web.metrics;

import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import social.coral.content.EngagementReport;
import social.coral.content.EngagementReport.AtAge;
import social.coral.content.EngagementReport.Bucket;
import social.coral.content.EngagementReport.Group;
import social.coral.content.EngagementReport.Step;
import social.coral.content.EngagementReport.Totals;
import social.coral.content.Measurement;
import social.coral.content.PublishedPost;
import social.coral.web.frame.Ellipsis;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Option;
import social.coral.web.frame.Times;

/**
 * What the page of metrics shows beside the list of posts.
 *
 * @param best the posts with the most engagement, and {@code worst} those with the least; none while there are too few to compare
 * @param personas the personas that can be chosen
 */
public record MetricsView(
        Totals totals,
        Step step,
        List<Bucket> time,
        List<AtAge> ages,
        List<PublishedPost> best,
        List<PublishedPost> worst,
        List<Group> topics,
        List<Group> byPersona,
        List<Group> hours,
        ZoneId zone,
        List<Option> personas) {

    private static final int SHOWN_OF_POST = 140;

    /** {@code 12.5}. */
    public static String average(double number) {
        return String.format(Locale.ROOT, "%,.1f", number);
    }

    /** What stands in place of a comparison that rests on too few posts. */
    public static String tooFew(long posts) {
        return "Too few posts to compare (" + posts + " of " + EngagementReport.ENOUGH + ")";
    }

    /** The average engagement of the posts that have counts; a dash for none. */
    public String perPost() {
        return totals.counted() == 0 ? "–" : average((double) totals.engagement() / totals.counted());
    }

    public boolean canCompare() {
        return totals.compared() >= EngagementReport.ENOUGH;
    }

    /** Whether any of the posts was written in the voice of a persona that is known. */
    public boolean knowsPersonas() {
        return byPersona.stream().anyMatch(group -> group.name() != null);
    }

    public boolean knowsTopics() {
        return topics.stream().anyMatch(group -> group.name() != null);
    }

    /** What the steps of the chart are called. */
    public String stepWord() {
        return switch (step) {
            case DAY -> "day";
            case WEEK -> "week";
            case MONTH -> "month";
        };
    }

    /** {@code 3 Nov 2026}, {@code Week of 2 Nov 2026} or {@code November 2026}. */
    public String name(Bucket bucket) {
        return switch (step) {
            case DAY -> Times.day(bucket.from());
            case WEEK -> "Week of " + Times.day(bucket.from());
            case MONTH -> Times.month(YearMonth.from(bucket.from()));
        };
    }

    /** {@code 5 h}, {@code 3 days}. */
    public static String age(Duration age) {
        return Times.span(age);
    }

    /** {@code 09:00–09:59}. */
    public static String hour(@Nullable String hour) {
        return hour + ":00–" + hour + ":59";
    }

    /** The engagement of a post, as far as its counts are known. */
    public static @Nullable Long engagement(PublishedPost post) {
        return post.likes() == null ? null : (long) post.likes() + orNone(post.reposts()) + orNone(post.replies()) + orNone(post.quotes());
    }

    /** The engagement that a post had when it was counted. */
    public static long engagement(Measurement one) {
        return (long) one.likes() + one.reposts() + orNone(one.replies()) + orNone(one.quotes());
    }

    public static String engagementWords(PublishedPost post) {
        Long engagement = engagement(post);
        return engagement == null ? "not counted yet" : Figures.count(engagement);
    }

    /** The same with its unit: {@code 44 engagements}. */
    public static String engagements(PublishedPost post) {
        Long engagement = engagement(post);
        return engagement == null ? "not counted yet" : Figures.count(engagement, "engagement", "engagements");
    }

    private static int orNone(@Nullable Integer count) {
        return count == null ? 0 : count;
    }

    /** The beginning of a post, enough to tell it by. */
    public static String beginning(PublishedPost post) {
        return Ellipsis.after(SHOWN_OF_POST, post.content());
    }

    public static String kind(PublishedPost post) {
        return switch (post.kind()) {
            case TWEET -> "Post";
            case THREAD -> "Thread";
            case REPLY -> "Reply";
        };
    }
}
