package social.coral.web.posts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;

@CoralTest
class CollectedPostPageTest {

    @Autowired private People people;

    @Test
    void aPostOpensWithItsConversationAsFarAsItIsKnownAndALinkToX() {
        TestPerson person = people.aPerson();
        String rows = "id,text,author,created_at,in_reply_to_id,likes\n"
                + "1700000000000000001,Who has seen the tide?,mara,2026-01-02T03:04:05Z,,1\n"
                + "1700000000000000002,I have,brook,2026-01-02T04:04:05Z,1700000000000000001,9\n"
                + "1700000000000000003,Not I,mara,2026-01-02T05:04:05Z,1600000000000000009,4\n";
        person.api().send("POST", "/api/tweets/cache/import", BodyPublishers.ofString(rows), "text/csv");
        assertThat(page(person, 1)).contains("https://x.com/mara/status/1700000000000000001", "Conversation", "I have").doesNotContain("not collected", "Not I");
        assertThat(page(person, 2)).containsOnlyOnce("I have").containsSubsequence("I have", "Conversation", "Who has seen the tide?", "This post");
        assertThat(page(person, 3)).contains("The post it replies to was not collected.", "https://x.com/i/status/1600000000000000009").doesNotContain("Conversation");

        assertThat(person.browser().get("/tweets/archive?sort=engagement").body()).containsSubsequence("I have", "Not I", "Who has seen");
        assertThat(person.browser().get("/tweets?sort=loudest").status()).isEqualTo(422);
    }

    private static String page(TestPerson person, int number) {
        String id = person.get("/api/tweets/cache?limit=100").json().at("/tweets").valueStream()
                .filter(post -> post.at("/tweet_id").asString().endsWith("000" + number)).findFirst().orElseThrow().at("/id").asString();
        return person.browser().get("/tweets/" + id).body();
    }
}
