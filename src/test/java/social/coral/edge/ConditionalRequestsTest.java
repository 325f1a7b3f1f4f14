package social.coral.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;

/** A program that asks again for what it has gets no body. */
@CoralTest
class ConditionalRequestsTest {

    @Autowired
    People people;

    @Test
    void aListThatDidNotChangeIsNotSentAgainAndOneThatDidIs() {
        TestPerson person = people.aPerson();
        person.post("/api/tweets", Map.of("content", "one"));
        TestAnswer first = person.get("/api/tweets?limit=50");
        String tag = Objects.requireNonNull(first.header("ETag"));

        TestAnswer same = person.api().with("If-None-Match", tag).get("/api/tweets?limit=50");
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.header("ETag")).isEqualTo(tag);

        person.post("/api/tweets", Map.of("content", "two"));
        TestAnswer changed = person.api().with("If-None-Match", tag).get("/api/tweets?limit=50");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().at("/tweets/0/content").asString()).isEqualTo("two");
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
    }

    @Test
    void noAnswerOfAnotherPersonAndNoWriteIsLeftOut() {
        TestPerson person = people.aPerson();
        String tag = Objects.requireNonNull(person.get("/api/user/profile").header("ETag"));
        assertThat(people.aPerson().api().with("If-None-Match", tag).get("/api/user/profile").status()).isEqualTo(200);
        assertThat(person.api().with("If-None-Match", "*").post("/api/tweets", Map.of("content", "three")).status()).isEqualTo(201);
        assertThat(people.aStranger().with("If-None-Match", "*").get("/api/tweets").status()).isEqualTo(401);
    }
}
