package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;

@CoralTest
class SearchFieldsTest {

    @Autowired
    private People people;

    @ParameterizedTest
    @ValueSource(strings = {"/tweets", "/tweets/archive", "/tweets/imports", "/tweets/mine", "/accounts", "/logs", "/logs/download", "/settings/audit", "/settings/audit/download"})
    void aSearchThatNoTextCanHoldIsRefusedWithASentenceOnEveryPage(String path) {
        TestPerson person = people.aPerson();
        for (String words : new String[] {"%00", "a%00b", "a".repeat(201)}) {
            TestAnswer answer = person.browser().get(path + "?q=" + words);
            assertThat(answer.status()).as(words).isIn(400, 422);
            assertThat(answer.body()).contains("The search ");
        }
        assertThat(person.browser().get(path + "?q=" + "a".repeat(200)).status()).isEqualTo(200);
        assertThat(person.browser().get(path + "?q=%22").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/tweets/cache", "/api/user/audit"})
    void andByTheNameOfTheFieldInTheApi(String path) {
        TestAnswer answer = people.aPerson().get(path + "?q=a%00b");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/errors/0/field")).isEqualTo("q");
    }
}
