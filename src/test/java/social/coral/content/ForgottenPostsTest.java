package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.tenancy.TenantDoor;

@CoralTest
class ForgottenPostsTest {

    private static final String CACHE = "/api/tweets/cache";
    private static final String FILE = """
            id,text,author,created_at
            1700000000000000001,Low tide at the pier,reef,2026-01-02T03:04:05Z
            1700000000000000002,High tide at the pier,reef,2026-01-02T04:04:05Z
            1700000000000000003,Spring tide at the pier,shore,2026-01-02T05:04:05Z
            """;

    @Autowired
    private People people;

    @Autowired
    private TenantDoor door;

    private TestPerson person;

    @BeforeEach
    void somebodyWithAnImport() {
        person = people.aPerson();
        assertThat(person.api().send("POST", CACHE + "/import", BodyPublishers.ofString(FILE), "text/csv").status()).isEqualTo(200);
    }

    private List<String> texts(String query) {
        return person.get(CACHE + query).json().get("tweets").findValuesAsString("content");
    }

    private String idOf(String word) {
        return person.get(CACHE + "?q=" + word).text("/tweets/0/id");
    }

    private String imported() {
        return person.get(CACHE + "/imports").text("/imports/0/imported");
    }

    private List<String> audited() {
        return person.get("/api/user/audit?action=posts.forgotten").json().get("audit").findValuesAsString("subject");
    }

    private void collected(String author, int posts) {
        person.tenant().run(() -> door.sql("""
                insert into public.tweets_cache (network, tweet_id, author, content, source, created_at)
                select 'x', cast(1800000000000000000 + n as text), :author, 'Neap tide ' || n, 'collected', timestamptz '2026-02-01' from generate_series(1, :posts) as n
                """)
                .param("author", author)
                .param("posts", posts)
                .update());
    }

    @Test
    void aPostIsForgottenAndItsImportCountsOneLess() {
        assertThat(person.delete(CACHE + "/" + idOf("low")).status()).isEqualTo(204);
        assertThat(texts("")).containsExactly("Spring tide at the pier", "High tide at the pier");
        assertThat(person.get("/api/search?q=tide").json().get("results").findValuesAsString("text")).hasSize(2).noneMatch(text -> text.startsWith("Low"));
        assertThat(imported()).isEqualTo("2");
        assertThat(audited()).as("none of its words").containsExactly("1 post by @reef");
    }

    @Test
    void whatWasCollectedIsForgottenTooAndNoImportCountsIt() {
        collected("reef", 1);
        assertThat(person.delete(CACHE + "/" + idOf("neap")).status()).isEqualTo(204);
        assertThat(texts("?q=neap")).isEmpty();
        assertThat(imported()).isEqualTo("3");
    }

    @Test
    void nobodyForgetsForAnother() {
        String path = CACHE + "/" + idOf("low");
        assertThat(people.aPerson().delete(path).status()).isEqualTo(404);
        assertThat(people.aPerson().delete(CACHE + "/authors/reef").text("/posts")).isEqualTo("0");
        assertThat(texts("")).hasSize(3);
        assertThat(person.delete(path).status()).isEqualTo(204);
        assertThat(person.delete(path).status()).isEqualTo(404);
        assertThat(person.delete(CACHE + "/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void allPostsOfAnAuthorAreForgottenInBatchesAndNobodyElses() {
        collected("reef", 2_500);
        var answer = person.delete(CACHE + "/authors/@Reef");
        assertThat(answer.text("/posts")).isEqualTo("2502");
        assertThat(answer.text("/done")).isEqualTo("true");
        assertThat(texts("")).containsExactly("Spring tide at the pier");
        assertThat(imported()).isEqualTo("1");
        assertThat(audited()).containsExactly("502 posts by @reef", "2000 posts by @reef");
    }

    @Test
    void allOfNobodyIsRefusedByItsField() {
        for (String author : List.of("@", "two%20words", "a".repeat(21))) {
            var refused = person.delete(CACHE + "/authors/" + author);
            assertThat(refused.status()).as(author).isEqualTo(400);
            assertThat(refused.text("/errors/0/field")).isEqualTo("author");
        }
        assertThat(texts("")).hasSize(3);
    }
}
