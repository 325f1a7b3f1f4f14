package social.coral.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.CoralTest;
import social.coral.People;

/** What is no proper request gets a proper answer all the same, whoever of us finds it out. */
@CoralTest
class TomcatErrorsTest {

    @Autowired private Environment environment;
    @Autowired private People people;

    @ParameterizedTest
    @ValueSource(strings = {"GET %s HTTP/1.1\r\nX-Long: LONG\r\n", "GET %s%%zz HTTP/1.1\r\n", "GET %s%%00 HTTP/1.1\r\n"})
    void whatTheServerRefusesIsADocumentUnderTheApiAndAPlainPageElsewhere(String request) throws IOException {
        String document = raw(request.formatted("/api/tweets"));
        assertThat(document).startsWith("HTTP/1.1 400").contains("application/problem+json", "\"error\":\"The request cannot be read.\"");
        String page = raw(request.formatted("/dashboard"));
        assertThat(page).startsWith("HTTP/1.1 400").contains("text/html", "<h1>This request cannot be read</h1>");
        assertThat(document + page).doesNotContainIgnoringCase("tomcat").doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"what is this\r\n", "GET /api/tweets?q=<x> HTTP/1.1\r\n", "G<T /api/tweets HTTP/1.1\r\n"})
    void aRequestLineThatNamesNoPathGetsThePage(String line) throws IOException {
        assertThat(raw(line)).startsWith("HTTP/1.1 400").contains("This request cannot be read", "Content-Security-Policy: default-src 'none'");
    }

    @Test
    void aBrowserOfManyLanguagesIsAnsweredAsAnyOther() throws IOException {
        String languages = "Accept-Language: " + "en-GB,de,fr,".repeat(300) + "it\r\n";
        assertThat(raw("GET /auth/login HTTP/1.1\r\n" + languages)).startsWith("HTTP/1.1 200");
        assertThat(raw("GET /nothing HTTP/1.1\r\n" + languages)).startsWith("HTTP/1.1 302");
    }

    @Test
    void bytesThatAreNoTextAreRefusedInAQueryAndInAForm() {
        assertThat(people.aStranger().get("/auth/login?next=%ff").status()).isEqualTo(400);
        assertThat(people.aStranger().get("/auth/login?next=%ff").body()).contains("This request cannot be read", "UTF-8");
        assertThat(people.aPerson().get("/api/tweets/cache?author=%c3").text("/error_code")).isEqualTo("bad_request");
        assertThat(people.aStranger().send("POST", "/auth/login", BodyPublishers.ofString("email=%ff"),
                "application/x-www-form-urlencoded").status()).isEqualTo(400);
    }

    private String raw(String head) throws IOException {
        int port = environment.getRequiredProperty("local.server.port", Integer.class);
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            String request = head.replace("LONG", "x".repeat(40_000)) + "Host: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
