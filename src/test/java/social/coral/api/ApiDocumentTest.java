package social.coral.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import tools.jackson.databind.JsonNode;

@CoralTest
class ApiDocumentTest {

    @Autowired
    People people;

    @Test
    void namesAreThoseOfTheWire() {
        JsonNode tweet = document().at("/components/schemas/Tweet/properties");
        assertThat(tweet.propertyNames()).contains("user_id", "scheduled_for", "created_at");
        assertThat(tweet.at("/status/enum").valueStream().map(JsonNode::asString)).contains("changes_wanted");
        assertThat(document().at("/paths/~1api~1tweets/get/parameters").valueStream().map(parameter -> parameter.at("/name").asString()))
                .containsExactlyInAnyOrder("limit", "offset", "status", "q");
    }

    /** Two types of one name become one schema, and one of two routes is then described wrongly. */
    @Test
    void everyListAnswersWithItsOwnSchema() {
        List<String> schemas = new ArrayList<>();
        for (String path : List.of("/api/tweets", "/api/tweets/cache", "/api/x-accounts", "/api/personas")) {
            schemas.add(document().at("/paths/" + path.replace("/", "~1") + "/get/responses/200/content").valueStream().findFirst().orElseThrow().at("/schema/$ref").asString());
        }
        assertThat(schemas).doesNotHaveDuplicates();
    }

    private JsonNode document() {
        return people.aStranger().get("/v3/api-docs").json();
    }
}
