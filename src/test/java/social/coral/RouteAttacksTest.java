package social.coral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import social.coral.installation.DatabaseServer;
import social.coral.portability.Archive;
import social.coral.tenancy.Databases;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Attacks every route that the OpenAPI document names, so that a new one is attacked by itself: as a stranger, as another
 * tenant who must not be able to tell somebody else's id from one that never existed, and with input that nobody means well
 * with. One that no good request can be made up for fails here by name.
 */
@CoralTest
class RouteAttacksTest {

    private static final int FEWEST_BY_ROUTE = 30;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> PASSING = Set.of("date", "ratelimit", "ratelimit-policy", "x-request-id");
    private static final String A_FILE = "[{\"id\":\"7\",\"text\":\"a post\",\"created_at\":\"2024-10-01T12:00:00Z\",\"author\":\"reef\"}]";

    // The contract fixes "Unauthorized" as it is.
    private static final Pattern SENTENCE = Pattern.compile("Unauthorized|[A-Z\"@].*[.]", Pattern.DOTALL);

    // Bytes as characters, since all bodies here are texts.
    private static final String AN_ARCHIVE = new String(Archive.empty(), StandardCharsets.ISO_8859_1);

    @Autowired
    People people;

    @Autowired
    DatabaseServer server;

    @Autowired
    Databases databases;

    private final Tally tally = new Tally("routes");
    private final SoftAssertions found = new SoftAssertions();
    private Connection owner;
    private CatalogueRows rows;
    private TestPerson victim;
    private Set<String> marks;
    private String before;
    private List<ApiRoute> routes;

    @BeforeEach
    void aVictimWithARowInEveryTable() throws SQLException {
        owner = server.connectAsOwner();
        rows = new CatalogueRows(owner);
        victim = aPersonWhoHasSomethingEverywhere();
        marks = new LinkedHashSet<>(rows.marks(victim.tenant()));
        marks.add(victim.email());
        before = rows.print(victim.tenant());
        routes = ApiRoute.all(people.aStranger());
        assertThat(routes).hasSizeGreaterThan(35);
    }

    @AfterEach
    void theVictimHasWhatItHad() throws SQLException {
        forgetAttempts();
        assertThat(rows.print(victim.tenant())).isEqualTo(before);
        owner.close();
    }

    @Test
    void anothersIdAnswersExactlyAsOneThatNeverExisted() {
        TestPerson attacker = people.aPerson();
        int compared = 0;
        for (ApiRoute route : routes) {
            if (route.takesAnId()) {
                String anothers = parameterOf(route, victim);
                String nobodys = UUID.randomUUID().toString();
                for (TestClient client : List.of(attacker.api(), attacker.browser(), attacker.api().with("Idempotency-Key", UUID.randomUUID().toString()))) {
                    for (String body : bodies(route)) {
                        TestAnswer real = send(client, route, route.with(anothers), body);
                        TestAnswer made = send(client, route, route.with(nobodys), body);
                        assertThat(whole(real, anothers)).as("%s %s", route, body).isEqualTo(whole(made, nobodys));
                        // What is refused for its form alone says nothing of the id.
                        assertThat(real.status()).as("%s %s", route, body).isIn(body.equals("{}") || body.isEmpty() ? Set.of(404) : Set.of(404, 400));
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(30);
    }

    @Test
    void everyRouteUnderApiIsClosedToAStrangerWhateverTheTokenLooksLike() {
        for (ApiRoute route : routes) {
            if (route.isApi()) {
                List<TestClient> strangers = new ArrayList<>(List.of(people.aStranger(), people.aBrowserWith("x"), people.aBrowserWith(victim.accessToken())));
                HostileInput.tokens(victim.accessToken()).forEach(token -> strangers.add(people.aStranger().with("Authorization", "Bearer " + token)));
                strangers.add(people.aStranger().with("Authorization", "Basic " + victim.accessToken()));
                strangers.add(people.aStranger().with("X-User-Id", victim.id().toString()).with("apikey", victim.accessToken()));
                for (TestClient stranger : strangers) {
                    TestAnswer answer = send(stranger, route, route.with(UUID.randomUUID().toString()), "{}");
                    // A flood of strangers is refused as such, which is as closed.
                    assertThat(answer.status()).as("%s", route).isIn(401, 429);
                    assertThat(marks).as("%s", route).noneMatch(answer.body()::contains);
                }
            }
        }
    }

    @Test
    void noListShowsAnythingOfAnother() {
        TestPerson attacker = people.aPerson();
        for (ApiRoute route : routes) {
            if (!route.writes() && !route.path().contains("{")) {
                String everything = route.query().isEmpty() ? route.path() : route.path() + "?" + route.query().stream()
                        .filter(name -> name.equals("limit")).map(name -> name + "=100").collect(Collectors.joining());
                assertThat(marks).as("%s", route).noneMatch(attacker.get(everything).body()::contains);
                assertThat(marks).as("%s", route).noneMatch(attacker.get(route.path()).body()::contains);
            }
        }
    }

    @Test
    void whateverIsSentNothingIsAFaultOfOursShowsAnothersOrIsHalfWritten() throws SQLException {
        for (ApiRoute route : routes) {
            TestPerson attacker = aPersonWhoHasSomethingEverywhere();
            String own = parameterOf(route, attacker);
            String good = goodBody(route, attacker, own);
            Attack attack = new Attack(route, attacker, rows.print(attacker.tenant()));

            for (String query : queries(route)) {
                attack.send(route.with(own) + "?" + query, good);
            }
            if (!route.collection().isEmpty()) {
                for (String value : HostileInput.pathValues(parameterOf(route, victim))) {
                    attack.send(route.with(value), good);
                }
            }
            for (String body : hostileBodies(route, good)) {
                attack.send(route.with(own), body);
            }
            for (String field : forbidden(route)) {
                TestAnswer answer = attack.send(route.with(own), with(good, field, "\"" + victim.id() + "\""));
                // The wire protocol takes what it does not know and does nothing with it, as its clients expect.
                if (route.takesJson() && route.isApi()) {
                    found.assertThat(answer.status()).as("%s with %s", route, field).isIn(400, 404, 409, 422, 429);
                }
            }
            for (String type : HostileInput.contentTypes()) {
                attack.send(route.method(), route.with(own), BodyPublishers.ofString(good), type);
            }
            for (String method : HostileInput.methods()) {
                TestAnswer answer = attack.send(method, route.with(own), BodyPublishers.noBody(), "");
                boolean known = routes.stream().anyMatch(other -> other.path().equals(route.path()) && other.method().equals(method)) || Set.of("HEAD", "OPTIONS").contains(method);
                if (!known && route.isApi()) {
                    found.assertThat(answer.status()).as("%s %s", method, route.path()).isIn(400, 403, 404, 405, 501);
                }
            }
        }
        found.assertAll();
        tally.write();
        assertThat(routes).allSatisfy(route -> assertThat(tally.of(route.toString())).as("attacks on %s", route).isGreaterThan(FEWEST_BY_ROUTE));
        assertThat(tally.total()).isGreaterThan(4_000);
    }

    private TestPerson aPersonWhoHasSomethingEverywhere() throws SQLException {
        TestPerson person = people.aPerson();
        // Sealed by the product, since nobody else can; of the service that is never asked whether it accepts its key.
        person.post("/api/user/api-keys", Map.of("service_name", "perplexity", "api_key", "pplx-" + UUID.randomUUID()));
        rows.fill(person.tenant());
        return person;
    }

    /** Sends hostile requests to one route as one tenant, and looks at what each left behind. */
    private final class Attack {

        private final ApiRoute route;
        private final TestPerson attacker;
        private String written;

        private Attack(ApiRoute route, TestPerson attacker, String written) {
            this.route = route;
            this.attacker = attacker;
            this.written = written;
        }

        TestAnswer send(String path, String body) throws SQLException {
            return send(route.method(), path, publisher(route, body), type(route));
        }

        TestAnswer send(String method, String path, BodyPublisher body, String type) throws SQLException {
            String transaction = rows.nextTransaction();
            String what = method + " " + (path.length() > 300 ? path.substring(0, 300) : path) + " " + type;
            TestAnswer answer = attacker.api().send(method, path, body, type);
            tally.add(route.toString());
            if (tally.of(route.toString()) % 40 == 0) {
                forgetAttempts();
            }
            found.assertThat(answer.status() < 500 || answer.status() == 501).as("%s answered %s %s", what, answer.status(), answer.body()).isTrue();
            found.assertThat(marks).as(what).noneMatch(mark -> answer.body().contains(mark) && !path.contains(mark) && !attacker.email().equals(mark));
            found.assertThat(answer.header("X-Injected")).as(what).isNull();
            if (answer.status() >= 400 && !answer.body().isEmpty() && "application/problem+json".equals(answer.header("Content-Type"))) {
                found.assertThat(sentences(answer)).as(what).allMatch(SENTENCE.asMatchPredicate());
            }
            if ((route.writes() || !method.equals(route.method())) && !rows.nextTransaction().equals(transaction)) {
                String now = rows.print(attacker.tenant());
                if (answer.status() >= 400) {
                    found.assertThat(now).as("what a refused %s left behind; it answered %s", what, answer.body()).isEqualTo(written);
                }
                written = now;
            }
            return answer;
        }
    }

    private List<String> queries(ApiRoute route) {
        List<String> queries = new ArrayList<>(List.of("user_id=" + victim.id(), "limit=1&limit=2", "a[]=b", "%00=1", "&&=", "offset=-1", "select=*", "x".repeat(3_000)));
        for (String name : route.query()) {
            HostileInput.queryValues().forEach(value -> queries.add(name + "=" + value));
            queries.add(name + "=" + victim.id());
        }
        return queries;
    }

    private static List<String> hostileBodies(ApiRoute route, String good) {
        List<String> bodies = new ArrayList<>();
        if (route.takesJson()) {
            // Outside the API most requests cost a password's slow hash: there one value in four, another in each field.
            int step = route.isApi() ? 1 : 4;
            int first = 0;
            List<String> values = HostileInput.jsonValues();
            for (String field : route.fields().keySet()) {
                for (int i = first++ % step; i < values.size(); i += step) {
                    bodies.add(with(good, field, values.get(i)));
                }
            }
            route.fields().keySet().forEach(field -> bodies.add(good.replaceFirst("\\{", "{\"" + field + "\":null" + (good.equals("{}") ? "" : ","))));
        }
        if (route.writes()) {
            bodies.addAll(HostileInput.bodies());
        }
        // It would be done: the attacker's own account would be gone while it is looked at.
        bodies.removeIf(body -> body.contains("\"waive_grace\":true"));
        return bodies;
    }

    /** What no tenant may set: what the answer carries and the body does not take, and what answers never carry. */
    private static Set<String> forbidden(ApiRoute route) {
        Set<String> forbidden = new LinkedHashSet<>(route.answered());
        forbidden.addAll(HostileInput.readOnlyFields());
        forbidden.removeAll(route.fields().keySet());
        return forbidden;
    }

    /** The same body with one value replaced or added, as text, since not all of it is JSON. */
    private static String with(String body, String field, String value) {
        if (!body.startsWith("{")) {
            return "{\"" + field + "\":" + value + "}";
        }
        ObjectNode object = (ObjectNode) JSON.readTree(body);
        object.remove(field);
        String rest = object.toString();
        return "{\"" + field + "\":" + value + (object.isEmpty() ? "}" : "," + rest.substring(1));
    }

    /** A body that this person's request is taken with; 409 is a good request too, to which something else is lacking. */
    private String goodBody(ApiRoute route, TestPerson person, String own) {
        List<String> candidates = route.raw() ? List.of(A_FILE, AN_ARCHIVE) : route.takesJson() ? route.examples().map(Object::toString).distinct().toList() : List.of("");
        if (!route.writes() || route.method().equals("DELETE") || !route.isApi()) {
            return candidates.getFirst();
        }
        List<String> refusals = new ArrayList<>();
        for (String candidate : candidates) {
            // What is answered is a post that the person has, and who is muted has mentioned them.
            String body = candidate.replace("a text for post_id", person.get("/api/tweets/cache").text("/tweets/0/id"))
                    .replace("a text for mention_id", person.get("/api/mentions").text("/mentions/0/id"));
            TestAnswer answer = send(person.api(), route, route.with(own), body);
            if (answer.status() < 300 || answer.status() == 409) {
                return body;
            }
            refusals.add(body + " -> " + answer.body());
        }
        return fail("no good request can be made up for %s; give the fields of its body an example in the document: %s", route, refusals);
    }

    /** What stands in the path for something that this person has, taken from the list that the route's collection gives. */
    private static String parameterOf(ApiRoute route, TestPerson person) {
        if (route.collection().isEmpty()) {
            return "";
        }
        TestAnswer list = person.get(route.collection());
        if (list.status() == METHOD_NOT_ALLOWED) {
            // What is said of all that belong to one, such as an author, is found in the list above.
            list = person.get(route.collection().substring(0, route.collection().lastIndexOf('/')));
        }
        for (JsonNode items : list.status() == 200 ? list.json() : JSON.createObjectNode()) {
            for (Map.Entry<String, JsonNode> field : items.path(0).properties()) {
                if (field.getKey().equals(route.parameter()) || field.getKey().equals(route.parameter() + "_name")) {
                    return field.getValue().asString("");
                }
            }
        }
        return fail("nothing is known to stand in the path of %s; GET %s answered %s", route, route.collection(), list.body());
    }

    private List<String> bodies(ApiRoute route) {
        if (!route.takesJson()) {
            return List.of("");
        }
        List<String> bodies = new ArrayList<>(List.of("{}"));
        route.examples().map(Object::toString).forEach(bodies::add);
        return bodies.stream().distinct().toList();
    }

    private static TestAnswer send(TestClient client, ApiRoute route, String path, String body) {
        return client.send(route.method(), path, publisher(route, body), type(route));
    }

    private static BodyPublisher publisher(ApiRoute route, String body) {
        if (!route.writes() || body.isEmpty()) {
            return BodyPublishers.noBody();
        }
        return body.equals(AN_ARCHIVE) ? BodyPublishers.ofByteArray(Archive.empty()) : BodyPublishers.ofString(body);
    }

    private static String type(ApiRoute route) {
        return !route.writes() ? "" : route.raw() ? "application/octet-stream" : "application/json";
    }

    /** What a problem document tells a person. */
    private static List<String> sentences(TestAnswer answer) {
        List<String> all = new ArrayList<>(List.of(answer.text("/error"), answer.text("/detail")));
        answer.json().at("/errors").forEach(error -> all.add(error.at("/message").asString("")));
        return all;
    }

    /** Everything that an answer says, the same id in one form, without what passes with time. */
    private static String whole(TestAnswer answer, String id) {
        Map<String, List<String>> headers = new TreeMap<>(answer.http().headers().map());
        headers.keySet().removeIf(name -> PASSING.contains(name.toLowerCase(Locale.ROOT)));
        return (answer.status() + "\n" + headers + "\n" + answer.body()).replace(id, "ID");
    }

    /** Wrong passwords count against this machine, which other tests sign in from. */
    private void forgetAttempts() {
        JdbcClient.create(databases.auth()).sql("delete from auth.coral_attempts").update();
    }
}
