package social.coral.web.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;

@CoralTest
class AccountAddingTest {

    @Autowired private People people;

    @Test
    void handlesOfTheSandboxAreOfferedWhilePostsComeFromThereAndOnlyThoseNotAddedYet() {
        TestPerson person = people.aPerson();
        assertThat(person.browser().get("/accounts/add").body()).doesNotContain("name=\"example\"");
        person.browser().form("/setup/sandbox", Map.of());
        assertThat(person.browser().get("/accounts/add").body()).contains("name=\"example\" value=\"reef_notes\"");
        assertThat(person.browser().form("/accounts/add", Map.of("example", "reef_notes", "handles", "", "priority", "50")).header("Location"))
                .isEqualTo("/accounts");
        assertThat(person.browser().get("/accounts/add").body()).contains("name=\"example\"").doesNotContain("reef_notes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://x.com/i/lists/1234567890", "x.com/home", "https://twitter.com/search?q=reef", "https://x.com/explore", "https://mobile.x.com/settings/account",
        "https://x.com/hashtag/reef", "https://x.com/i/status/1", "https://x.com/", "https://X.com", "https://x.com/intent/user?screen_name=reef",
        "https://x.com/en/tos", "https://x.com/premium", "x.com/reef/nothing", "https://help.x.com/en", "home", "@i", "@", "@bad-name", "John Smith", "reef watch"})
    void whatIsNoProfileIsNoAccountOnThePageAndInTheApi(String typed) {
        TestPerson person = people.aPerson();
        TestAnswer answer = person.browser().form("/accounts/add", Map.of("handles", typed, "priority", "50"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("Not added");
        TestAnswer api = person.post("/api/x-accounts", Map.of("username", typed));
        assertThat(api.status()).isEqualTo(400);
        assertThat(api.text("/errors/0/field")).isEqualTo("username");
        assertThat(person.get("/api/x-accounts").json().at("/x_accounts")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://x.com/Tide_Pool/status/99", "x.com/@tide_pool", "https://www.twitter.com/tide_pool?s=20", "tide_pool",
        "@tide_pool.", "(@tide_pool)", "<https://x.com/tide_pool>", "https://x.com/tide_pool.", "＠tide_pool", "https://x.com:443/tide_pool", "x.com/tide_pool/with_replies/",
        "“@Tide_Pool”,", "https://x.com/tide_pool/status/99/photo/1?s=20#m", "https://nitter.net/tide_pool"})
    void anAddressOfAProfileOrOfAPostIsItsAccountOnThePageAndInTheApi(String typed) {
        TestPerson person = people.aPerson();
        assertThat(people.aPerson().post("/api/x-accounts", Map.of("username", typed)).text("/x_account/username")).isEqualTo("tide_pool");
        person.browser().form("/accounts/add", Map.of("handles", typed, "priority", "50"));
        assertThat(person.get("/api/x-accounts").text("/x_accounts/0/username")).isEqualTo("tide_pool");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://x.com/i/lists/123, not a handle!!, @one, two, One", "@one\nhttps://x.com/i/lists/123\ntwo\nnot a handle!!", "@one @t-w-o https://x.com/two"})
    void goodHandlesAreAddedAndOnlyBadOnesRefusedHoweverTheyAreSeparated(String typed) {
        TestPerson person = people.aPerson();
        TestAnswer answer = person.browser().form("/accounts/add", Map.of("handles", typed, "priority", "50"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(person.get("/api/x-accounts").json().at("/x_accounts").valueStream().map(account -> account.at("/username").asString()))
                .containsExactly("one", "two");
    }
}
