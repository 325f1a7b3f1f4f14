package social.coral.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import social.coral.content.CollectedPosts;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/**
 * Enters a table of a person's own earlier posts as it is after its import. The table has no ids, because a link from a made-up post would
 * lead to somebody else's on X.
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

    private final TenantDoor door;

    DemoArchive(TenantDoor door) {
        this.door = door;
    }

    void write(Instant at) {
        UUID id = UUID.randomUUID();
        LocalDate newest = LocalDate.ofInstant(at, ZoneOffset.UTC).minusDays(DAYS_BETWEEN);
        door.transaction(() -> {
            door.sql("""
                    insert into public.imports (id, file_name, author, imported, created_at, ended_at, ending, result)
                    values (:id, 'observatory-posts.csv', :author, :posts, :at, :at, 'complete', :result)
                    """)
                    .param("id", id)
                    .param("author", AUTHOR)
                    .param("posts", POSTS.size())
                    .param("at", at)
                    .param("result", """
                            {"imported": %1$d, "corrected": 0, "skipped": 0, "rejected": [], "rejectedCount": 0,
                             "leftOut": {"reposts": 0, "deleted": 0, "communityPosts": 0, "circlePosts": 0, "olderVersions": 0, "notOnX": 0},
                             "notes": [{"line": 2, "reason": "%1$d posts came without an id, so they cannot link to X (first seen here)."}]}
                            """.formatted(POSTS.size()))
                    .update();
            door.changed(CollectedPosts.TABLE, door.sql("""
                    insert into public.tweets_cache (network, tweet_id, author, content, source, likes, retweets, replies, created_at, import_id)
                    values :rows returning id
                    """)
                    .rows("rows", IntStream.range(0, POSTS.size()).mapToObj(i -> new Object[] {"x", "d-" + UUID.randomUUID(), AUTHOR, POSTS.get(i), "imported",
                        7 * i % 40, 3 * i % 11, i % 4, newest.minusDays((long) DAYS_BETWEEN * i).atTime(LocalTime.of(18, 5 * i % 60)).toInstant(ZoneOffset.UTC), id}).toList())
                    .list(Columns::id));
            door.audit("posts.imported", POSTS.size() + " posts from observatory-posts.csv");
        });
    }
}
