package social.coral.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.Route;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.TestPerson;
import social.coral.installation.TestAddress;
import social.coral.web.Samples;

/** The headers of each answer: of every route that is registered, so also of one that is made next month. */
@CoralTest
class ResponseHeadersTest {

    /** What a cache may keep, because it is the same for everybody. */
    private static final List<String> SAME_FOR_EVERYBODY = List.of("/assets/", "/auth/v1/.well-known/jwks.json");

    @Autowired People people;
    @Autowired Environment environment;
    @Autowired List<RequestMappingInfoHandlerMapping> registries;

    private static TestAnswer send(TestClient client, Route route) {
        boolean body = route.takesABody();
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
        List<Route> routes = Route.all(registries);
        assertThat(routes).as("what is registered was found").hasSizeGreaterThan(60)
                .contains(new Route("GET", "/dashboard"), new Route("POST", "/api/tweets"), new Route("POST", "/auth/v1/signup"))
                .anyMatch(route -> route.path().startsWith("/actuator/health"));
        TestPerson person = people.aPerson();
        Samples.fill(person);
        for (Route route : routes) {
            isSafe(route, send(people.aStranger(), route));
            // What a write does to this person is of no matter; nobody needs them afterwards, and each write meets them anew.
            isSafe(route, send(route.reads() ? person.browser() : people.aPerson().browser(), route));
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
    void noWriteOfAnyRouteIsTakenFromAnotherSitesPageThatHasOnlyTheCookie() {
        TestPerson person = people.aPerson();
        String before = person.get("/api/user/profile").body();
        List<Route> writes = Route.all(registries).stream()
                .filter(route -> !route.reads() && !route.path().startsWith("/auth/") && !route.path().equals("/error"))
                // Nobody's cookie counts there: who calls it signs what it sends.
                .filter(route -> !route.path().startsWith("/webhooks/")).toList();
        assertThat(writes).hasSizeGreaterThan(20);
        for (Route route : writes) {
            TestAnswer answer = send(people.aBrowserWith(person.cookie()), route);
            assertThat(answer.status()).as(route.toString()).isEqualTo(403);
        }
        assertThat(person.get("/api/user/profile").body()).isEqualTo(before);
    }

    @Test
    void noRouteLetsASiteInThatTheOperatorDidNotName() {
        TestPerson person = people.aPerson();
        for (Route route : Route.all(registries)) {
            TestClient evil = people.aStranger().with("Origin", "https://evil.example").with("Access-Control-Request-Method", route.method());
            assertThat(evil.send("OPTIONS", route.path(), BodyPublishers.noBody(), "").header("Access-Control-Allow-Origin")).as(route.toString()).isNull();
            if (route.reads()) {
                TestAnswer read = person.browser().with("Origin", "https://evil.example").get(route.path());
                assertThat(read.header("Access-Control-Allow-Origin")).as(route.toString()).isNull();
                TestAnswer named = person.browser().with("Origin", "https://app.example.org").get(route.path());
                assertThat(named.header("Access-Control-Allow-Credentials")).as(route.toString()).isNull();
            }
        }
    }

    @Test
    void overTlsABrowserIsToldToStayThereAlsoWhenAProxyEndsIt() throws Exception {
        MockHttpServletRequest secure = new MockHttpServletRequest("GET", "/dashboard");
        secure.setSecure(true);
        assertThat(hsts("http://localhost:8080", secure, false)).isEqualTo("max-age=31536000");
        MockHttpServletRequest plain = new MockHttpServletRequest("GET", "/dashboard");
        assertThat(hsts("https://coral.example.org", plain, false)).isEqualTo("max-age=31536000");
        assertThat(hsts("https://coral.example.org", plain, true)).as("asked for").isEqualTo("max-age=31536000; includeSubDomains");
        plain.addHeader("X-Forwarded-Proto", "https");
        assertThat(hsts("http://localhost:8080", plain, true)).as("anybody can send that header").isNull();
    }

    private static @Nullable String hsts(String appUrl, MockHttpServletRequest request, boolean subdomains) throws Exception {
        MockHttpServletResponse answer = new MockHttpServletResponse();
        new ResponseHeaders(TestAddress.of(appUrl), new EdgeSettings(List.of(), List.of(), subdomains)).doFilter(request, answer, new MockFilterChain());
        return answer.getHeader("Strict-Transport-Security");
    }
}
