package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.networks.Network;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;
import social.coral.tenancy.TenantStatement;

/**
 * What the current tenant's published posts have brought. The engagement of a post is its likes, reposts, replies and quotes together. Each
 * figure tells on how many posts it rests; posts are compared once they are a day old, because younger ones are still being found.
 */
@Component
public class EngagementReport {

    /** With fewer posts nothing is said about which are better. */
    public static final int ENOUGH = 10;

    private static final Duration SETTLED = Duration.ofDays(1);
    private static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");
    private static final String ENGAGEMENT =
            "cast(post.likes as bigint) + coalesce(post.reposts, 0) + coalesce(post.replies, 0) + coalesce(post.quotes, 0)";
    private static final String MATCHING = """
             where post.user_id = :tenant and post.published_at >= :since and (:kind = '' or post.kind = :kind)
              and (cardinality(cast(:personas as uuid[])) = 0 or post.persona_id = any(:personas))
            """;
    private static final String COUNTED = MATCHING + " and post.likes is not null ";
    private static final String COMPARED = COUNTED + " and post.published_at < :settled ";
    private static final String MEASUREMENT = """
            select series.id, series.published_post_id, post.network, post.post_id, post.published_at, series.measured_at,
              series.likes, series.reposts, series.replies, series.quotes, series.impressions
            from public.engagement_metrics as series
            join public.published_posts as post on post.user_id = :tenant and post.id = series.published_post_id
            where series.user_id = :tenant
            """;

    private final TenantDoor door;

    EngagementReport(TenantDoor door) {
        this.door = door;
    }

    /**
     * All posts together.
     *
     * @param counted how many of them have counts
     * @param compared how many of these are old enough to be compared
     * @param impressions how often those were shown of which that is known
     * @param shown how many those are
     */
    public record Totals(long posts, long counted, long compared, long engagement, long impressions, long shown) {}

    /** The posts of a day, week or month that begins with a day. */
    public record Bucket(LocalDate from, long posts, long engagement) {}

    /** How much engagement posts had at an age, on average. */
    public record AtAge(Duration age, long posts, double average) {}

    /**
     * Posts that share a topic, a persona or an hour.
     *
     * @param name null where none is known
     */
    public record Group(@Nullable String name, long posts, double average) {

        /** Whether it has too few posts to be compared. */
        public boolean isSmall() {
            return posts < ENOUGH;
        }
    }

    /** In what steps time is told. */
    public enum Step {
        DAY,
        WEEK,
        MONTH
    }

    public Totals totals(EngagementFilter filter) {
        return matching("""
                select count(*) as posts, count(post.likes) as counted, count(post.likes) filter (where post.published_at < :settled) as compared,
                  coalesce(sum(""" + ENGAGEMENT + """
                ), 0) as engagement, coalesce(sum(post.impressions), 0) as impressions, count(post.impressions) as shown
                from public.published_posts as post
                """ + MATCHING, filter)
                .param("settled", settled())
                .one(row -> new Totals(row.getLong("posts"), row.getLong("counted"), row.getLong("compared"), row.getLong("engagement"),
                        row.getLong("impressions"), row.getLong("shown")));
    }

    /** Returns the steps in which something was published, the oldest first, at most 400; the newest where there are more. */
    public List<Bucket> overTime(EngagementFilter filter, Step step, ZoneId zone) {
        return matching("""
                select * from (
                  select cast(date_trunc(:step, post.published_at at time zone :zone) as date) as began, count(*) as posts,
                    sum(""" + ENGAGEMENT + ") as engagement from public.published_posts as post" + COUNTED + """
                group by 1 order by 1 desc limit 400) as newest order by began
                """, filter)
                .param("step", step.name().toLowerCase(Locale.ROOT))
                .param("zone", zone.getId())
                .list(row -> new Bucket(row.getObject("began", LocalDate.class), row.getLong("posts"), row.getLong("engagement")));
    }

    /** Returns what posts had at each age at which one was counted, the youngest first. */
    public List<AtAge> byAge(EngagementFilter filter) {
        return matching("""
                select series.number, count(*) as posts,
                  avg(cast(series.likes as bigint) + series.reposts + coalesce(series.replies, 0) + coalesce(series.quotes, 0)) as average
                from public.published_posts as post join public.engagement_metrics as series
                  on series.user_id = :tenant and series.published_post_id = post.id and series.number > 0
                """ + MATCHING + " group by series.number order by series.number", filter)
                .list(row -> new AtAge(CountingAges.age(row.getInt("number")), row.getLong("posts"), row.getDouble("average")));
    }

    /** Returns the posts with the most engagement among those that can be compared. */
    public List<PublishedPost> best(EngagementFilter filter, int most) {
        return ranked(filter, " order by " + ENGAGEMENT + " desc, post.published_at desc, post.id limit :most", most);
    }

    /** Returns those with the least. */
    public List<PublishedPost> worst(EngagementFilter filter, int most) {
        return ranked(filter, " order by " + ENGAGEMENT + ", post.published_at desc, post.id limit :most", most);
    }

    private List<PublishedPost> ranked(EngagementFilter filter, String order, int most) {
        return matching("select " + PublishedPosts.COLUMNS + " from public.published_posts as post" + COMPARED + order, filter)
                .param("settled", settled())
                .param("most", most)
                .list(PublishedPosts::read);
    }

    /** Returns the topics with the most posts. A post that was collected or imported is about the topic that it was found in. */
    public List<Group> byTopic(EngagementFilter filter, int most) {
        return grouped("topic.topic", """
                 left join public.insight_posts as member on member.user_id = :tenant and member.post_id = post.cache_id
                left join public.insights as topic on topic.user_id = :tenant and topic.id = coalesce(post.insight_id, member.insight_id)
                """, filter, most);
    }

    /** Returns the personas with the most posts. */
    public List<Group> byPersona(EngagementFilter filter, int most) {
        return grouped("voice.name", " left join public.personas as voice on voice.user_id = :tenant and voice.id = post.persona_id ",
                filter, most);
    }

    /** Returns the hours of the day at which something was published, such as {@code 09}, in a zone. */
    public List<Group> byHour(EngagementFilter filter, ZoneId zone) {
        return matching("select to_char(post.published_at at time zone :zone, 'HH24') as name, count(*) as posts, avg(" + ENGAGEMENT
                + ") as average from public.published_posts as post" + COMPARED + " group by 1 order by 1", filter)
                .param("zone", zone.getId())
                .param("settled", settled())
                .list(EngagementReport::group);
    }

    private List<Group> grouped(String name, String join, EngagementFilter filter, int most) {
        return matching("select " + name + " as name, count(*) as posts, avg(" + ENGAGEMENT + ") as average from public.published_posts as post"
                + join + COMPARED + " group by 1 order by count(*) desc, 1 limit :most", filter)
                .param("settled", settled())
                .param("most", most)
                .list(EngagementReport::group);
    }

    private static Group group(ResultSet row) throws SQLException {
        return new Group(row.getString("name"), row.getLong("posts"), row.getDouble("average"));
    }

    private static Instant settled() {
        return Instant.now().minus(SETTLED);
    }

    private TenantStatement matching(String sql, EngagementFilter filter) {
        return door.sql(sql)
                .param("since", Objects.requireNonNullElse(filter.since(), BEGINNING))
                .param("kind", filter.kind() == null ? "" : filter.kind().toString())
                .param("personas", filter.persona() == null ? new UUID[0] : new UUID[] {filter.persona()});
    }

    /**
     * Returns how many times the usual engagement of the person's own posts of the last year those about each topic had; topics and people
     * with fewer than {@value #ENOUGH} such posts are left out.
     */
    public Map<UUID, Double> echoes(Collection<UUID> topics) {
        EngagementFilter lastYear = new EngagementFilter(Instant.now().minus(Duration.ofDays(365)), null, null);
        if (topics.isEmpty()) {
            return Map.of();
        }
        double usual = matching("select coalesce(avg(" + ENGAGEMENT + "), 0) as usual from public.published_posts as post" + COMPARED, lastYear)
                .param("settled", settled())
                .one(row -> row.getDouble("usual"));
        return usual == 0 ? Map.of() : matching("""
                select own.topic, avg(own.engagement) as average from (
                  select coalesce(post.insight_id, member.insight_id) as topic, """ + ENGAGEMENT + """
                 as engagement from public.published_posts as post
                left join public.insight_posts as member on member.user_id = :tenant and member.post_id = post.cache_id
                """ + COMPARED + ") as own where own.topic = any(:topics) group by own.topic having count(*) >= :enough", lastYear)
                .param("settled", settled())
                .param("topics", topics.toArray(UUID[]::new))
                .param("enough", ENOUGH)
                .list(row -> Map.entry(Columns.id(row, "topic"), row.getDouble("average") / usual)).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Lists published posts, the newest first. */
    public List<PublishedPost> posts(EngagementFilter filter, Page page) {
        return matching("select " + PublishedPosts.COLUMNS + " from public.published_posts as post" + MATCHING
                + " order by post.published_at desc, post.id limit :limit offset :offset", filter)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(PublishedPosts::read);
    }

    /** One published post; 404 for one that is not there. */
    public PublishedPost post(UUID id) {
        return door.sql("select " + PublishedPosts.COLUMNS + " from public.published_posts where user_id = :tenant and id = :id")
                .param("id", id)
                .first(PublishedPosts::read)
                .orElseThrow(Failure::notFound);
    }

    /**
     * Lists what was measured, the newest first.
     *
     * @param post only of this published post; null for all
     */
    public List<Measurement> measurements(@Nullable UUID post, Page page) {
        String order = " order by series.measured_at desc, series.id limit :limit offset :offset";
        TenantStatement statement = post == null ? door.sql(MEASUREMENT + order)
                : door.sql(MEASUREMENT + " and series.published_post_id = :post" + order).param("post", post);
        return statement.param("limit", page.limit()).param("offset", page.offset()).list(EngagementReport::measurement);
    }

    /** One measurement; 404 for one that is not there. */
    public Measurement measurement(UUID id) {
        return door.sql(MEASUREMENT + " and series.id = :id").param("id", id).first(EngagementReport::measurement).orElseThrow(Failure::notFound);
    }

    private static Measurement measurement(ResultSet row) throws SQLException {
        return new Measurement(Columns.id(row), Columns.id(row, "published_post_id"), Columns.word(row, "network", Network::of),
                row.getString("post_id"), Columns.instant(row, "published_at"), Columns.instant(row, "measured_at"), row.getInt("likes"),
                row.getInt("reposts"), row.getObject("replies", Integer.class), row.getObject("quotes", Integer.class),
                row.getObject("impressions", Integer.class));
    }
}
