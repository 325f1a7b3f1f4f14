package social.coral.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.ApiRoute;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.TestPerson;

/** What every route does with a request that it cannot take as it is meant. */
@CoralTest
class RequestRulesTest {

    @Autowired
    private People people;

    private TestPerson person;
    private List<ApiRoute> routes;

    @BeforeEach
    void aPerson() {
        person = people.aPerson();
        routes = ApiRoute.all(people.aStranger());
        assertThat(routes).hasSizeGreaterThan(35);
    }

    @Test
    void aQueryThatTheRouteWouldMisreadIsRefusedByName() {
        for (ApiRoute route : routes) {
            if (route.isApi()) {
                refuses(route, "nope", "nope=1");
                refuses(route, "nöpe", "n%C3%B6pe=");
                for (String name : route.query()) {
                    refuses(route, name, name + "=1&" + name + "=1");
                    refuses(route, name, name + "=");
                    refuses(route, name, name + "=+");
                    refuses(route, name, name + "=%00");
                }
            }
        }
    }

    private void refuses(ApiRoute route, String name, String query) {
        TestAnswer refused = send(person.api(), route, "{}", "?" + query);
        assertThat(refused.status()).as("%s?%s: %s", route, query, refused.body()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).as("%s?%s", route, query).isEqualTo(name);
        assertThat(refused.text("/error")).contains("\"" + name + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/tweets?status=x, status, The status must be one of draft", "/api/runs?status=x, status, 'The status must be one of queued, running'",
        "/api/runs?agent=x, agent, The agent must be one of", "/api/logs?agent=x, agent, The agent must be one of",
        "/api/logs?level=x, level, The level must be one of info", "/api/logs?run_id=x, run_id, \"run_id\" must be an id",
        "/api/user/audit?actor=x, actor, The actor must be one of person", "/api/tweets/cache?sort=x, sort, The order must be one of newest",
        "/api/tweets/cache?source=x, source, The source must be one of collected", "/api/tweets/cache?status=x, status, The status must be one of unprocessed"
    })
    void aValueThatIsNoneIsRefusedByName(String path, String field, String sentence) {
        TestAnswer refused = person.get(path);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo(field);
        assertThat(refused.text("/error")).startsWith(sentence).doesNotContain("[");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "text/html", ";;;", "application/xml;q=0.9, image/*"})
    void aRequestThatNoAnswerFitsIsRefusedBeforeAnythingIsDone(String accepted) {
        Map<String, String> somebody = Map.of("email", UUID.randomUUID() + "@example.org", "password", "violet harbour lantern 42");
        for (ApiRoute route : routes) {
            if (!route.answered().isEmpty() || route.raw()) {
                String body = route.takesJson() ? route.examples().skip(1).findFirst().orElseThrow().toString() : "";
                TestAnswer refused = send(person.api().with("Accept", accepted), route, body, "");
                assertThat(refused.status()).as("%s: %s", route, refused.body()).isEqualTo(406);
                assertThat(refused.text("/error_code")).isEqualTo("not_acceptable");
            }
        }
        assertThat(person.get("/api/tweets").json().at("/tweets")).isEmpty();
        assertThat(person.get("/api/personas").json().at("/personas")).hasSize(1);
        assertThat(people.aStranger().with("Accept", accepted).post("/auth/v1/signup", somebody).status()).isEqualTo(406);
        assertThat(people.aStranger().post("/auth/v1/signup", somebody).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/html, application/*;q=0.5", "application/vnd.coral+json"})
    void anAnswerFitsWhoAcceptsJson(String accepted) {
        TestAnswer written = person.api().with("Accept", accepted).post("/api/tweets", Map.of("content", "Once"));
        assertThat(written.status()).isEqualTo(201);
        assertThat(written.header("Content-Type")).contains("json");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {
        "5, body, The body must be a JSON object.", "[1], body, The body must be a JSON object.", "null, body, The body must be a JSON object.",
        "| |, body, The body must be a JSON object.", "|{\"content\":\"a\"} {}|, body, The body is not valid JSON", "|{\"content\":|, body, The body is not valid JSON",
        "|{\"content\":\"a\",\"content\":\"b\"}|, content, |\"content\" is given more than once.|"
    })
    void aBodyThatIsNoObjectIsCalledThat(String body, String field, String sentence) {
        TestAnswer refused = person.post("/api/tweets", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo(field);
        assertThat(refused.text("/error")).startsWith(sentence);
    }

    @Test
    void aNumberOrADepthBeyondTheBoundsOfTheParserIsCalledThat() {
        String number = "{\"temperature\":" + "1".repeat(100_000) + "}";
        for (String body : List.of(number, "{\"temperature\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}")) {
            TestAnswer refused = person.api().send("PATCH", "/api/agents/tweet-scraping/settings", BodyPublishers.ofString(body), "application/json");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("/errors/0/field")).isEqualTo("body");
        }
    }

    @Test
    void aRefusalOfTheFrameworkHasASentenceAndACodeToo() {
        TestAnswer type = person.api().send("POST", "/api/tweets", BodyPublishers.ofString("<a/>"), "application/xml");
        assertThat(type.status()).isEqualTo(415);
        assertThat(type.text("/error_code")).isEqualTo("unsupported_media_type");
        assertThat(type.text("/error")).isEqualTo("This path does not accept a body of that type.");
        TestAnswer method = person.put("/api/tweets", Map.of());
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.text("/error_code")).isEqualTo("method_not_allowed");
        assertThat(method.header("Allow")).contains("POST");
        TestAnswer address = person.get("//api/tweets");
        assertThat(address.status()).isEqualTo(400);
        assertThat(address.text("/error_code")).isEqualTo("bad_request");
    }

    private static TestAnswer send(TestClient client, ApiRoute route, String body, String query) {
        return client.send(route.method(), route.with(UUID.randomUUID().toString()) + query,
                route.method().equals("GET") || body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                route.method().equals("GET") ? "" : "application/json");
    }
}
