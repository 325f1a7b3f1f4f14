package social.coral.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import social.coral.content.CollectedPosts;
import social.coral.content.PublishedPosts;
import social.coral.networks.Network;
import social.coral.networks.PostIds;
import social.coral.sandbox.Sandbox;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/**
 * Enters a table of a person's own earlier posts as it is after its import. The older ones have no ids, because a link from a made-up post
 * would lead to somebody else's on X. Those of the last weeks are in the sandbox, under an account of the person's, so that they can be counted.
 */
@Component
@ConditionalOnProperty("coral.demo")
class DemoArchive {

    private static final String AUTHOR = "example_dome";
    private static final int DAYS_BETWEEN = 23;

    private static final List<String> POSTS = List.of(
            "Clear skies until midnight. The dome is open, and so is the kettle.",
            "Saturn at 21:40, if the clouds keep their promise.",
            "We counted 61 meteors in two hours, and lost count of the yawns.",
            "School visit today: 28 children, one question we could not answer. We are looking it up.",
            "The old mirror is back from the coating. It has never been this bright.",
            "Moon tonight: bring gloves, we bring the telescopes.",
            "Why is the sky dark at night? Our talk on Thursday takes an hour to say so.",
            "The new camera sees one magnitude deeper. First picture follows.",
            "Rain, so we cleaned the eyepieces. All 43 of them.",
            "Thank you for 1,000 visitors this year!",
            "Partial eclipse on Saturday. Never look without a filter.",
            "The comet is fainter than promised and still worth the drive.");

    /** The oldest first. */
    private static final List<String> OF_THE_SANDBOX = List.of(
            "New on our shelf: a star map from 1899, printed for sailors.",
            "The Perseids are over. Our necks may rest.",
            "Jupiter rises at 22:10, with all four large moons in line.",
            "We measured the dome: it turns once in four minutes, and squeaks twice.",
            "A reader asks what dark matter weighs. So do we.",
            "Tonight: the ring nebula, small and stubborn.",
            "Volunteers wanted for Sunday: the lawn needs us more than the sky does.",
            "The spectrograph is back. Sodium never looked so yellow.",
            "How far can you see without a telescope? 2.5 million light years.",
            "Clouds. We made soup.",
            "The double cluster through the old refractor: come and be quiet with us.",
            "Our camera caught a satellite, twice, and a moth, once.",
            "Mars is small this month, and red all the same.",
            "A school class named our robot mount. It is called Gerd now.",
            "Zodiacal light this week, an hour before dawn. Bring coffee.",
            "The first frost: the mirror likes it, we do not.");

    private final TenantDoor door;
    private final Sandbox sandbox;
    private final PublishedPosts published;

    DemoArchive(TenantDoor door, Sandbox sandbox, PublishedPosts published) {
        this.door = door;
        this.sandbox = sandbox;
        this.published = published;
    }

    /** The time of a post of the sandbox: one each two and a half days until the import. */
    private static Instant postedAt(int post, Instant at) {
        return at.minus(Duration.ofHours(60L * (OF_THE_SANDBOX.size() - post)));
    }

    void write(Instant at) {
        List<String> ids = IntStream.range(0, OF_THE_SANDBOX.size())
                .mapToObj(i -> sandbox.post("sandbox-user-" + AUTHOR, OF_THE_SANDBOX.get(i), postedAt(i, at))).toList();
        enter(at, ids);
        published.takeUp();
    }

    private void enter(Instant at, List<String> ids) {
        UUID id = UUID.randomUUID();
        int posts = POSTS.size() + ids.size();
        LocalDate newest = LocalDate.ofInstant(at, ZoneOffset.UTC).minusDays(DAYS_BETWEEN);
        door.transaction(() -> {
            door.sql("""
                    insert into public.imports (id, file_name, author, owner, imported, created_at, ended_at, ending, result)
                    values (:id, 'observatory-posts.csv', :author, :author, :posts, :at, :at, 'complete', :result)
                    """)
                    .param("id", id)
                    .param("author", AUTHOR)
                    .param("posts", posts)
                    .param("at", at)
                    .param("result", """
                            {"imported": %1$d, "corrected": 0, "skipped": 0, "rejected": [], "rejectedCount": 0,
                             "leftOut": {"reposts": 0, "deleted": 0, "communityPosts": 0, "circlePosts": 0, "olderVersions": 0, "notOnX": 0},
                             "notes": [{"line": 2, "reason": "%2$d posts came without an id, so they cannot link to X (first seen here)."}]}
                            """.formatted(posts, POSTS.size()))
                    .update();
            door.changed(CollectedPosts.TABLE, door.sql("""
                    insert into public.tweets_cache (network, tweet_id, author, content, source, likes, retweets, replies, created_at, import_id)
                    values :rows returning id
                    """)
                    .rows("rows", IntStream.range(0, POSTS.size()).mapToObj(i -> new Object[] {
                        "x", "d-" + UUID.randomUUID(), AUTHOR, POSTS.get(i), "imported", 7 * i % 40, 3 * i % 11, i % 4,
                        newest.minusDays((long) DAYS_BETWEEN * i).atTime(LocalTime.of(18, 5 * i % 60)).toInstant(ZoneOffset.UTC), id}).toList())
                    .list(Columns::id));
            door.changed(CollectedPosts.TABLE, door.sql("""
                    insert into public.tweets_cache (network, tweet_id, author, content, source, created_at, import_id)
                    values :rows returning id
                    """)
                    .rows("rows", IntStream.range(0, ids.size()).mapToObj(i -> new Object[] {
                        Network.SANDBOX, ids.get(i), AUTHOR, OF_THE_SANDBOX.get(i), "imported",
                        Objects.requireNonNullElse(PostIds.time(ids.get(i)), postedAt(i, at)), id}).toList())
                    .list(Columns::id));
            door.audit("posts.imported", posts + " posts from observatory-posts.csv");
        });
    }
}
