package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.TestPerson;

/** The headers of each answer: of every route that is registered, so also of one that is made next month. */
@CoralTest
class AnswerHeadersTest {

    /** What a cache may keep, because it is the same for everybody. */
    private static final List<String> SAME_FOR_EVERYBODY = List.of("/assets/", "/auth/v1/.well-known/jwks.json");

    private record Route(String method, String path) {}

    @Autowired People people;
    @Autowired Environment environment;
    @Autowired AnswerHeaders filter;
    @Autowired List<RequestMappingInfoHandlerMapping> registries;

    /** Every path and method that a controller answers, with an id that nobody has where it takes one. */
    private List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (RequestMappingInfoHandlerMapping registry : registries) {
            for (RequestMappingInfo info : registry.getHandlerMethods().keySet()) {
                Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
                for (String pattern : info.getPatternValues()) {
                    String path = pattern.replaceAll("\\{[^}]*}", UUID.randomUUID().toString()).replace("/**", "/x");
                    (methods.isEmpty() ? Set.of(RequestMethod.GET) : methods).forEach(method -> routes.add(new Route(method.name(), path)));
                }
            }
        }
        return routes;
    }

    private static TestAnswer send(TestClient client, Route route) {
        boolean body = !Set.of("GET", "HEAD", "OPTIONS", "DELETE").contains(route.method());
        return client.send(route.method(), route.path(), body ? BodyPublishers.ofString("{}") : BodyPublishers.noBody(), body ? "application/json" : "");
    }

    private static void isSafe(Route route, TestAnswer answer) {
        String where = route + " answers " + answer.status() + " with ";
        Map<String, String> exact = Map.of(
                "X-Content-Type-Options", "nosniff", "X-Frame-Options", "DENY", "Referrer-Policy", "same-origin",
                "Cross-Origin-Opener-Policy", "same-origin", "Cross-Origin-Resource-Policy", "same-origin",
                "Strict-Transport-Security", "");
        exact.forEach((name, value) -> assertThat(String.join("|", answer.headers(name))).as(where + name).isEqualTo(value));
        assertThat(answer.headers("Content-Security-Policy")).as(where + "policy").singleElement().asString()
                .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                .doesNotContain("unsafe", "*", "http");
        assertThat(answer.headers("Permissions-Policy")).as(where + "permissions").singleElement().asString().contains("camera=()", "microphone=()");
        boolean mayBeKept = answer.status() == 200 && SAME_FOR_EVERYBODY.stream().anyMatch(route.path()::startsWith);
        assertThat(answer.headers("Cache-Control")).as(where + "cache").singleElement().asString().startsWith(mayBeKept ? "max-age=" : "no-store");
        if (!answer.body().isEmpty()) {
            String type = String.join("|", answer.headers("Content-Type"));
            assertThat(type).as(where + "type").isNotEmpty();
            boolean written = type.startsWith("text/") && !route.path().startsWith("/swagger-ui");
            assertThat(written ? type : "charset=utf-8").as(where + "charset").containsIgnoringCase("charset=utf-8");
        }
        assertThat(answer.headers("Server")).as(where).isEmpty();
        assertThat(answer.headers("X-Powered-By")).as(where).isEmpty();
    }

    @Test
    void everyRouteAnswersSafelyToAStrangerAndToSomebodySignedIn() {
        List<Route> routes = routes();
        assertThat(routes).as("what is registered was found").hasSizeGreaterThan(60)
                .contains(new Route("GET", "/dashboard"), new Route("POST", "/api/tweets"), new Route("POST", "/auth/v1/signup"))
                .anyMatch(route -> route.path().startsWith("/actuator/health"));
        TestPerson person = people.aPerson();
        Samples.fill(person);
        for (Route route : routes) {
            isSafe(route, send(people.aStranger(), route));
            boolean reads = route.method().equals("GET");
            // What a write does to this person is of no matter; nobody needs them afterwards, and each write meets them anew.
            isSafe(route, send(reads ? person.browser() : people.aPerson().browser(), route));
        }
    }

    @Test
    void soDoesWhatNoControllerAnswers() {
        TestPerson person = people.aPerson();
        for (String path : List.of("/a-page-that-nobody-made", "/api/a-path-that-nobody-made", "/assets/none.css", "/swagger-ui/index.html",
                "/swagger-ui.html", "/v3/api-docs", "/v3/api-docs.yaml", "/actuator/prometheus", "/error", "/favicon.ico", "/tweets//mine", "/tweets/%2e%2e/api",
                "/api/tweets;a=b", "/logs/download", "/api/tweets?limit=many")) {
            isSafe(new Route("GET", path), people.aStranger().get(path));
            isSafe(new Route("GET", path), person.browser().get(path));
        }
        isSafe(new Route("PROPFIND", "/dashboard"), person.browser().send("PROPFIND", "/dashboard", BodyPublishers.noBody(), ""));
    }

    @Test
    void whatIsNoHttpAtAllLearnsNothingOfTheServer() throws IOException {
        for (String line : List.of("GET /<script>alert(1)</script> HTTP/1.1", "GET / HTTP/9.9", "nonsense", "GET /%zz HTTP/1.1", "TRACE / HTTP/1.1")) {
            try (Socket socket = new Socket("localhost", environment.getRequiredProperty("local.server.port", Integer.class))) {
                socket.getOutputStream().write((line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).as(line).containsPattern("^HTTP/1.1 (400|404|405|505) ").doesNotContain("Tomcat", "Apache", "<script>", "Exception", "at org.");
            }
        }
    }

    @Test
    void overTlsABrowserIsToldToStayThere() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/dashboard");
        request.setSecure(true);
        MockHttpServletResponse answer = new MockHttpServletResponse();
        filter.doFilter(request, answer, new MockFilterChain());
        assertThat(answer.getHeader("Strict-Transport-Security")).isEqualTo("max-age=31536000; includeSubDomains");
    }
}
