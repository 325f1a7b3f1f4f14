package social.coral.web.posts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;

/** A list shows how a long text begins, and where the whole of it is. */
@CoralTest
class LongPostsTest {

    private static final String LONG = "reef tide ".repeat(2_400) + "the very end";

    @Autowired private People people;

    @Test
    void aListOfImportedPostsLeadsToTheWholeTextOfALongOne() {
        TestPerson person = people.aPerson();
        person.api().send("POST", "/api/tweets/cache/import?author=mara", BodyPublishers.ofString("id,text,created_at\n1," + LONG + ",2026-01-01T00:00:00Z\n"), "text/csv");
        TestAnswer kept = person.get("/api/tweets/cache");
        assertThat(kept.text("/tweets/0/content")).isEqualTo(LONG);

        String path = "/tweets/" + kept.text("/tweets/0/id");
        String list = person.browser().get("/tweets/archive").body();
        assertThat(list).contains("reef tide", "<a href=\"" + path + "\">Show all 24,012 characters</a>").doesNotContain("the very end");
        assertThat(list).hasSizeLessThan(24_012);
        assertThat(person.browser().get(path).body()).contains("the very end");
        assertThat(people.aPerson().browser().get(path).status()).isEqualTo(404);
    }

    @Test
    void aListOfDraftsLeadsToTheOneThatIsLong() {
        TestPerson person = people.aPerson();
        String draft = LONG.substring(LONG.length() - 4_000);
        String path = "/tweets/mine/" + person.post("/api/tweets", Map.of("content", draft)).text("/tweet/id");
        assertThat(person.browser().get("/tweets/mine").body()).contains("<a href=\"" + path + "\">Show all 4,000 characters</a>").doesNotContain("the very end");
        assertThat(person.browser().get(path).body()).contains("the very end", "Copy text", "a draft of up to 30,000 characters", "accounts with X Premium").doesNotContain("Open on X");
        assertThat(person.browser().form("/tweets/mine/preview", Map.of("content", "x".repeat(30_001))).body()).contains("1 character too long for a draft");

        person.patch("/api/user/profile", Map.of("long_posts", true));
        assertThat(person.browser().get(path).body()).contains("21,000 left", "max=\"25001\"", "then “Show more”", "Send to review", "Copy text")
                .doesNotContain("Open on X", "too long to publish", "accounts with X Premium");
        assertThat(person.browser().form("/tweets/mine/preview", Map.of("content", "海".repeat(12_500) + "x")).body()).contains("1 character too long to publish");
        assertThat(person.browser().form("/threads/preview", Map.of("part_0", "x".repeat(280))).body()).contains("24,720 left").doesNotContain("Show more");
    }
}
