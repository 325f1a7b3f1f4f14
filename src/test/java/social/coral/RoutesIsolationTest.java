package social.coral;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.tenancy.TenantDoor;

/**
 * Attacks every route that the OpenAPI document names, so that a new one is attacked by itself: as a stranger without a
 * token, and as another tenant, who must not be able to tell somebody else's id from one that never existed.
 */
@CoralTest
class RoutesIsolationTest {

    private static final String MARK = "only-the-owner-may-see-this";

    private record Route(String method, String path) {

        /** The collection that an id belongs to, such as {@code /api/tweets}. */
        String collection() {
            return path.substring(0, path.indexOf("/{"));
        }

        boolean takesAnId() {
            return path.contains("{id}");
        }

        String with(UUID id) {
            return path.replace("{id}", id.toString());
        }
    }

    @Autowired
    People people;

    @Autowired
    TenantDoor door;

    private TestPerson owner;
    private TestPerson stranger;
    private Map<String, UUID> ids;

    @BeforeEach
    void twoPeople() {
        owner = people.aPerson();
        stranger = people.aPerson();
        ids = Map.of(
                "/api/x-accounts", UUID.fromString(owner.post("/api/x-accounts", Map.of("username", "owners_account")).text("/x_account/id")),
                "/api/tweets", UUID.fromString(owner.post("/api/tweets", Map.of("content", MARK)).text("/tweet/id")),
                "/api/personas", UUID.fromString(owner.post("/api/personas", Map.of("name", MARK)).text("/persona/id")),
                "/api/runs", aRun());
    }

    @Test
    void anothersIdAnswersExactlyAsOneThatNeverExisted() {
        List<Route> attacked = routes().stream().filter(Route::takesAnId).toList();
        assertThat(attacked).hasSizeGreaterThanOrEqualTo(10);
        for (Route route : attacked) {
            assertThat(ids).as("the test knows no row for %s", route).containsKey(route.collection());
            UUID anothers = ids.getOrDefault(route.collection(), owner.id());
            UUID nobodys = UUID.randomUUID();
            TestAnswer real = send(stranger.api(), route.method(), route.with(anothers));
            TestAnswer made = send(stranger.api(), route.method(), route.with(nobodys));
            assertThat(real.status()).as("%s", route).isEqualTo(404).isEqualTo(made.status());
            assertThat(real.body().replace(anothers.toString(), "ID")).as("%s", route).isEqualTo(made.body().replace(nobodys.toString(), "ID"));
        }
        assertThat(owner.get("/api/tweets/" + ids.get("/api/tweets")).text("/tweet/content")).isEqualTo(MARK);
        assertThat(owner.get("/api/x-accounts/" + ids.get("/api/x-accounts")).status()).isEqualTo(200);
    }

    @Test
    void noListShowsAnythingOfAnother() {
        for (Route route : routes()) {
            if (route.method().equals("GET") && !route.path().contains("{")) {
                String seen = send(stranger.api(), "GET", route.path()).body();
                assertThat(seen).as("%s", route).doesNotContain(MARK, "owners_account", owner.id().toString(), owner.email());
            }
        }
    }

    @Test
    void aTextThatCannotBeStoredIsBadInputAndNoFaultOfOurs() {
        for (String path : List.of("/api/logs?q=%00", "/api/logs?agent=%00", "/api/runs?agent=%00", "/api/tweets/cache?q=%00")) {
            assertThat(stranger.get(path).status()).as(path).isEqualTo(400);
        }
    }

    @Test
    void everyRouteUnderApiIsClosedToAStranger() {
        for (Route route : routes()) {
            if (route.path().startsWith("/api/")) {
                TestAnswer answer = send(people.aStranger(), route.method(), route.with(UUID.randomUUID()).replaceAll("\\{[^}]+}", "any"));
                assertThat(answer.status()).as("%s", route).isEqualTo(401);
                assertThat(answer.text("/error")).as("%s", route).isEqualTo("Unauthorized");
            }
        }
    }

    private UUID aRun() {
        try {
            return owner.tenant().call(() -> door.sql("""
                            insert into public.agent_runs (agent, trigger, status, finished_at)
                            values ('tweet-scraping', 'person', 'failed', now()) returning id
                            """)
                    .one(row -> row.getObject("id", UUID.class)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestAnswer send(TestClient client, String method, String path) {
        HttpRequest.BodyPublisher body = method.equals("PATCH") || method.equals("PUT") || method.equals("POST")
                ? HttpRequest.BodyPublishers.ofString("{}")
                : HttpRequest.BodyPublishers.noBody();
        return client.send(method, path, body, "application/json");
    }

    private List<Route> routes() {
        List<Route> all = new ArrayList<>();
        people.aStranger().get("/v3/api-docs").json().get("paths").forEachEntry((path, methods) -> methods.propertyNames()
                .forEach(method -> all.add(new Route(method.toUpperCase(Locale.ROOT), path))));
        return all;
    }
}
