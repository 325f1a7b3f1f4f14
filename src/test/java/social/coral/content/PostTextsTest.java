package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.networks.Network;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.networks.PostPage;
import social.coral.tenancy.TenantDoor;

/** However posts are written, their pieces are what they are, in the same transaction. */
@CoralTest
class PostTextsTest {

    private static final String IMPORT = "/api/tweets/cache/import";
    private static final Instant WRITTEN = Instant.parse("2026-05-01T12:00:00Z");
    private static final List<String> AUTHORS = List.of("reef", "shore", "dune");

    @Autowired
    private People people;

    @Autowired
    private TenantDoor door;

    @Autowired
    private CollectedPages pages;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
    }

    private void assertThatPiecesAreThePosts() {
        person.tenant().run(() -> assertThat(wrong()).isEmpty());
    }

    private int pieces() {
        return door.sql("select count(*) from public.knowledge_items where user_id = :tenant").one(row -> row.getInt(1));
    }

    /** The posts whose pieces say something else, and the pieces that are nobody's. */
    private List<String> wrong() {
        return door.sql("""
                select coalesce(post.content, '') || ' / ' || coalesce(pieces.text, 'nothing') as wrong
                from (select id, content, author, created_at from public.tweets_cache where user_id = :tenant and content <> '') as post
                full join (
                  select source_id, string_agg(content, '' order by piece) as text, min(author) as author, min(written_at) as written_at
                  from public.knowledge_items where user_id = :tenant group by source_id) as pieces on pieces.source_id = post.id
                where post.content is distinct from pieces.text or post.author is distinct from pieces.author
                  or post.created_at is distinct from pieces.written_at
                """)
                .list(row -> row.getString("wrong"));
    }

    private TestAnswer imported(String body, String type, String query) {
        TestAnswer answer = person.api().send("POST", IMPORT + query, BodyPublishers.ofString(body), type);
        assertThat(answer.status()).as(answer.body()).isLessThan(500);
        return answer;
    }

    /** Posts of a few ids, authors, texts and minutes, so that the same are written again and again in other words. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void afterAnyOrderOfWritingThePiecesAreThePosts(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 12; step++) {
            switch (random.nextInt(6)) {
                case 0 -> collect(random);
                case 1 -> imported("id,author,text,created_at\n" + rows(random, true), "text/csv", "");
                case 2 -> imported("author,text,created_at\n" + rows(random, false), "text/csv", "");
                case 3 -> imported("[" + json(random) + "]", "application/json", "?author=" + author(random));
                case 4 -> attribute(random);
                default -> takeBack(random);
            }
            assertThatPiecesAreThePosts();
        }
    }

    private static String author(Random random) {
        return AUTHORS.get(random.nextInt(AUTHORS.size()));
    }

    private static String text(Random random) {
        return "The tide is " + List.of("low", "high", "late").get(random.nextInt(3)) + " at pier " + random.nextInt(3) + (random.nextInt(8) == 0 ? ". Word".repeat(400) : "");
    }

    private static String id(Random random) {
        return "205000000000001" + (1000 + random.nextInt(6));
    }

    private static Instant time(Random random) {
        return WRITTEN.plusSeconds(60L * random.nextInt(3));
    }

    private String rows(Random random, boolean withIds) {
        StringBuilder rows = new StringBuilder();
        for (int row = 0; row < 5; row++) {
            rows.append(withIds ? id(random) + "," : "").append(author(random)).append(',').append(text(random)).append(',').append(time(random)).append('\n');
        }
        return rows.toString();
    }

    private String json(Random random) {
        return "{\"id_str\":\"" + id(random) + "\",\"full_text\":\"" + text(random) + "\",\"created_at\":\"Fri May 01 12:00:00 +0000 2026\"}";
    }

    private void collect(Random random) {
        List<Post> posts = new ArrayList<>();
        for (int post = 0; post < 4; post++) {
            posts.add(new Post(id(random), author(random), text(random), time(random), "en", null, null, new PostCounts(random.nextInt(9), 0, 0)));
        }
        person.tenant().run(() -> pages.store(Network.X, new PostPage(posts, null, null, List.of())));
    }

    private List<String> imports() {
        return person.get("/api/tweets/cache/imports").json().at("/imports").findValuesAsString("id");
    }

    private void attribute(Random random) {
        List<String> imports = imports();
        if (!imports.isEmpty()) {
            person.patch("/api/tweets/cache/imports/" + imports.get(random.nextInt(imports.size())), Map.of("author", author(random)));
        }
    }

    private void takeBack(Random random) {
        List<String> imports = imports();
        if (imports.size() > 1) {
            person.delete("/api/tweets/cache/imports/" + imports.get(random.nextInt(imports.size())));
        }
    }

    @Test
    void whatAnArchiveOfAnAccountBringsHasItsPieces() {
        imported("author,text,created_at\nreef,Low tide,2026-05-01T12:00:00Z\nshore,High tide,2026-05-01T12:00:00Z\n", "text/csv", "");
        byte[] archive = person.api().bytes("GET", "/api/user/export", BodyPublishers.noBody(), "").body();
        person = people.aPerson();
        assertThat(person.api().send("POST", "/api/user/import", BodyPublishers.ofByteArray(archive), "application/zip").status()).isEqualTo(200);
        person.tenant().run(() -> assertThat(pieces()).isEqualTo(2));
        assertThatPiecesAreThePosts();
    }

    @Test
    void whatIsWrittenInATransactionThatFailsHasNone() {
        person.tenant().run(() -> {
            try {
                door.transaction(() -> {
                    pages.store(Network.X, new PostPage(List.of(new Post("1", "reef", "Low tide", WRITTEN, "en", null, null, new PostCounts(0, 0, 0))), null, null, List.of()));
                    throw new IllegalStateException("it fails");
                });
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("it fails");
            }
            assertThat(wrong()).isEmpty();
        });
    }
}
