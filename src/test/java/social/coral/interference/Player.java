package social.coral.interference;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import social.coral.ApiRoute;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.TestPerson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays one person's part: turns the numbers of a step into a request of that person. What it chooses depends on the step and on
 * what the person was told before, never on anything of another.
 */
final class Player {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> OVER = Set.of("succeeded", "failed", "cancelled", "waiting");
    private static final String A_FILE = """
            [{"id":"%1$d1","text":"first of %1$d","created_at":"2024-10-0%1$dT12:00:00Z","likes":3},
             {"id":"%1$d2","text":"second of %1$d","created_at":"2024-11-0%1$dT12:00:00Z"},{"id":"","text":"no post"}]""";

    private final TestPerson person;
    private final @Nullable Trace trace;
    private int requests;

    /** @param trace what the person is told is kept there; nobody looks at what the other is told */
    Player(TestPerson person, @Nullable Trace trace) {
        this.person = person;
        this.trace = trace;
    }

    TestPerson person() {
        return person;
    }

    int requests() {
        return requests;
    }

    void play(ApiRoute route, Step step) {
        String path = route.with(parameter(route, step));
        if (!route.query().isEmpty() && step.variant() % 2 == 1) {
            path += "?" + query(route, step);
        }
        TestClient client = step.key() % 4 == 0 ? person.api().with("Idempotency-Key", "the-same-" + step.key()) : person.api();
        String answer = send(client, route.method(), path, body(route, step), type(route));
        awaitRun(answer);
    }

    /** Everything that a GET shows: pages, lists and each thing in them. */
    void observe(List<ApiRoute> routes, List<String> pages) {
        for (ApiRoute route : routes) {
            if (!route.writes()) {
                for (String parameter : route.collection().isEmpty() ? List.of("") : parameters(route)) {
                    send(person.api(), "GET", route.with(parameter), BodyPublishers.noBody(), "");
                }
            }
        }
        pages.forEach(page -> send(person.browser(), "GET", page, BodyPublishers.noBody(), ""));
    }

    private String parameter(ApiRoute route, Step step) {
        if (route.collection().isEmpty()) {
            return "";
        }
        List<String> own = parameters(route);
        // One time in eight something that nobody has.
        return own.isEmpty() || step.target() % 8 == 7 ? new UUID(7, step.target()).toString() : own.get(step.target() % own.size());
    }

    /** What this person's own list offers for the parameter in the path. */
    private List<String> parameters(ApiRoute route) {
        List<String> found = new ArrayList<>();
        for (JsonNode items : JSON.readTree(person.get(route.collection()).body())) {
            for (JsonNode item : items) {
                for (Map.Entry<String, JsonNode> field : item.properties()) {
                    if (field.getKey().equals(route.parameter()) || field.getKey().equals(route.parameter() + "_name")) {
                        found.add(field.getValue().asString(""));
                    }
                }
            }
        }
        requests++;
        return found;
    }

    private static String query(ApiRoute route, Step step) {
        String name = route.query().get(step.target() % route.query().size());
        String value = switch (name) {
            case "limit" -> "2";
            case "offset" -> "1";
            case "from", "to" -> "2026-11-0" + (1 + step.variant() % 9);
            default -> List.of("draft", "reef_1", "post", "failed").get(step.variant() / 2 % 4);
        };
        return name + "=" + value;
    }

    /** One of the bodies that the document leads to, with values from so small a stock that two tenants often choose the same. */
    private static BodyPublisher body(ApiRoute route, Step step) {
        if (route.raw()) {
            return BodyPublishers.ofString(A_FILE.formatted(1 + step.variant() % 3));
        }
        List<ObjectNode> examples = route.examples().distinct().toList();
        if (!route.takesJson()) {
            return BodyPublishers.noBody();
        }
        ObjectNode body = examples.get(step.variant() % examples.size());
        for (String field : List.copyOf(body.propertyNames())) {
            String text = body.get(field).asString("");
            if (field.equals("username")) {
                body.put(field, "reef_" + step.target() % 3);
            } else if (text.startsWith("a text for")) {
                body.put(field, text + " " + step.target() % 3);
            }
        }
        return BodyPublishers.ofString(body.toString());
    }

    private static String type(ApiRoute route) {
        return route.raw() ? "application/octet-stream" : route.takesJson() ? "application/json" : "";
    }

    private String send(TestClient client, String method, String path, BodyPublisher body, String type) {
        requests++;
        HttpResponse<byte[]> answer = client.bytes(method, path, body, type);
        String kind = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        String text = switch (kind) {
            case "application/zip" -> Trace.unpacked(answer.body());
            case "application/pdf" -> Trace.read(answer.body());
            default -> new String(answer.body(), StandardCharsets.UTF_8);
        };
        if (trace != null) {
            trace.add(person, method + " " + path, answer.statusCode(), answer.headers().map(), text);
            trace.add(allowance(answer));
        }
        return text;
    }

    /** The limit as it is, and that no more of it is gone than this person's own requests took; it fills again with time. */
    private String allowance(HttpResponse<byte[]> answer) {
        String left = answer.headers().firstValue("RateLimit").orElse("r=0;").replaceFirst(".*r=(\\d+).*", "$1");
        String all = answer.headers().firstValue("RateLimit-Policy").orElse("q=0;").replaceFirst(".*q=(\\d+).*", "$1");
        return "at most this person's own requests are counted: " + (Long.parseLong(left) >= Long.parseLong(all) - requests);
    }

    /** A run goes on by itself; what it came to is observed once it stands still. */
    private void awaitRun(String answer) {
        if (answer.startsWith("{\"run\":")) {
            String id = JSON.readTree(answer).at("/run/id").asString("");
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
                requests++;
                TestAnswer run = person.get("/api/runs/" + id);
                // Whoever is erased meanwhile has no run any more.
                return run.status() == 401 || OVER.contains(run.text("/run/status"));
            });
        }
    }
}
