package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.Route;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.TestPerson;

/** What the log file of the installation holds, and what it must not. */
@CoralTest
class LogSecrecyTest {

    private static final Logger log = LoggerFactory.getLogger(LogSecrecyTest.class);

    @Autowired People people;
    @Autowired LoggingSystem logging;
    @Autowired List<RequestMappingInfoHandlerMapping> registries;
    private long before;

    @BeforeEach
    void listen() throws IOException {
        before = Files.size(file());
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.DEBUG);
        logging.setLogLevel("social.coral", LogLevel.TRACE);
    }

    @AfterEach
    void beQuiet() {
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
        logging.setLogLevel("social.coral", null);
    }

    /** The one that is written to: of several applications in this process, that of the last one to start. */
    private static Path file() {
        ch.qos.logback.classic.Logger root = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        return Path.of(((FileAppender<ILoggingEvent>) root.getAppender("FILE")).getFile());
    }

    private String heard() throws IOException {
        byte[] all = Files.readAllBytes(file());
        return new String(all, (int) before, (int) (all.length - before), StandardCharsets.UTF_8);
    }

    @Test
    void noSecretThatAnyRouteTakesIsInTheLogEvenWhenAllIsLogged() throws IOException {
        TestPerson person = people.aPerson();
        String mark = "s3cret" + UUID.randomUUID().toString().replace("-", "");
        String address = mark + "@example.org";
        Route.all(registries).forEach(route -> offer(person, route, mark, address));
        List<String> secrets = new ArrayList<>(List.of(mark, person.password(), person.accessToken(), person.refreshToken(), person.cookie(), person.email(),
                People.csrfTokenOf(person.cookie())));
        log.info("The end of what was heard {}", person.id());
        await().until(() -> heard().contains("The end of what was heard " + person.id()));
        String heard = heard();
        assertThat(heard).as("it was logged in detail").contains("DEBUG");
        for (String secret : secrets) {
            assertThat(heard.lines().filter(line -> line.contains(secret)).limit(3)).as(secret).isEmpty();
        }
    }

    /** Sends what a route may take for a password, a token, a key or an address, rightly and wrongly written. */
    private void offer(TestPerson person, Route route, String mark, String address) {
        String path = route.path();
        String fields = """
                {"email":"%s","password":"%s","refresh_token":"%s","api_key":"%s","service_name":"openai","token":"%s","nonce":"%s","code":"%s"}"""
                .formatted(address, mark, mark, mark, mark, mark, mark);
        List<TestClient> callers = new ArrayList<>(List.of(people.aStranger(), people.aStranger().with("Authorization", "Bearer " + mark),
                people.aBrowserWith(mark).with("X-CSRF-Token", mark)));
        if (!path.contains("logout") && !path.contains("sign-out") && !(route.method().equals("DELETE") && path.equals("/api/user"))) {
            callers.add(person.api());
            callers.add(person.browser());
        }
        for (TestClient caller : callers) {
            if (route.takesABody()) {
                caller.send(route.method(), path, BodyPublishers.ofString(fields), "application/json");
                caller.send(route.method(), path, BodyPublishers.ofString(fields.substring(0, 60 + mark.length())), "application/json");
                caller.form(path, Map.of("email", address, "password", mark, "value", mark, "key", mark, "_csrf", mark));
            } else {
                caller.send(route.method(), path, BodyPublishers.noBody(), "");
            }
        }
    }

    @Test
    void aKeyThatIsKeptAndCheckedIsNotInTheLog() throws IOException {
        TestPerson person = people.aPerson();
        String key = "sk-proj-" + UUID.randomUUID();
        for (String service : List.of("openai", "anthropic", "perplexity", "twitter_api_key", "twitter_access_token_secret")) {
            TestAnswer kept = person.post("/api/user/api-keys", Map.of("service_name", service, "api_key", key));
            assertThat(kept.status()).isEqualTo(200);
        }
        person.get("/api/user/api-keys");
        person.browser().get("/settings/keys");
        assertThat(heard()).doesNotContain(key, person.email());
    }

    @Test
    void nobodyCanWriteALineOfTheirOwnIntoTheLog() throws IOException {
        String id = UUID.randomUUID().toString();
        String forged = id + "\r\n2026-11-24T09:00:00.000Z  WARN --- [main] social.coral.Forged : all is well\u2028\u0085\u001b[2J\u202Egpj";
        log.warn("Somebody wrote {}", forged, new IllegalStateException(forged));
        await().until(() -> heard().contains("IllegalStateException: " + id));
        List<String> lines = heard().lines().dropWhile(line -> !line.contains("Somebody wrote " + id)).toList();
        assertThat(lines.getFirst()).contains("Somebody wrote " + id, "Forged");
        assertThat(lines.stream().skip(1).filter(line -> line.contains("Forged") || line.contains("LogSecrecyTest"))).isNotEmpty()
                .allMatch(line -> line.startsWith("    "));
        assertThat(heard()).doesNotContain("\u001b", "\u202e", "\u2028", "\u0085");
    }
}
