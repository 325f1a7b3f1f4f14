package social.coral.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;

/** What a request brings is bounded before it is read, and costs nobody else anything while it is on its way. */
@CoralTest
class RequestBodiesTest {

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";

    @Autowired private Environment environment;
    @Autowired private People people;

    @ParameterizedTest
    @ValueSource(strings = {
        "POST /", "POST /auth/login", "POST /auth/v1/signup", "PUT /auth/v1/user", "PUT /", "PATCH /api/user/profile", "DELETE /dashboard",
        "POST /settings/data/import", "POST /api/user/import", "POST /error", "GET /", "GET /auth/login", "HEAD /api/tweets", "POST /assets/x"})
    void aStrangersAnnouncementIsRefusedBeforeAnythingOfItIsRead(String line) throws IOException {
        for (String type : List.of(FORM, "Content-Type: application/json\r\n", "Content-Type: multipart/form-data; boundary=x\r\n", "Expect: 100-continue\r\n")) {
            String answer = raw(line + " HTTP/1.1\r\nHost: x\r\n" + type + "Content-Length: 2000000\r\n\r\na=");
            assertThat(answer).as(line + " " + type).startsWith("HTTP/1.1 413").contains("Connection: close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /auth/login", "PUT /auth/v1/user"})
    void piecesOfUnknownNumberAreReadNoFurtherThanWhatMayCome(String line) throws IOException {
        String piece = "2000\r\n" + "a".repeat(0x2000) + "\r\n";
        String answer = raw(line + " HTTP/1.1\r\nHost: x\r\n" + FORM + "Transfer-Encoding: chunked\r\n\r\n" + piece.repeat(5));
        assertThat(answer).startsWith("HTTP/1.1 413").contains("Connection: close");
    }

    /** Tomcat goes on reading what frames a piece, and gives none of it to whoever reads the body. */
    @Test
    void piecesThatNeverComeToTheirEndAreCutOffAlthoughSomethingComesAllTheTime() throws Exception {
        try (Socket socket = sent("POST /auth/login HTTP/1.1\r\nHost: x\r\n" + FORM + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n1;")) {
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                while (System.nanoTime() < end) {
                    socket.getOutputStream().write('x');
                    Thread.sleep(100);
                }
            });
        }
    }

    @Test
    void aPathThatTakesNothingFromAStrangerWaitsForNothing() throws IOException {
        assertThat(raw("POST /tweets/mine HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + FORM + "Content-Length: 3000\r\n\r\na=")).startsWith("HTTP/1.1 303");
        assertThat(raw("POST /api/tweets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + FORM + "Transfer-Encoding: chunked\r\n\r\n1\r\n")).startsWith("HTTP/1.1 401");
    }

    @Test
    void manyUnfinishedBodiesOfANetworkKeepNobodyThereFromSigningIn() throws IOException {
        TestPerson person = people.aPerson();
        List<Socket> unfinished = new ArrayList<>();
        try {
            for (int i = 0; i < 90; i++) {
                unfinished.add(sent("POST /auth/login HTTP/1.1\r\nHost: x\r\n" + FORM + "Content-Length: 30000\r\n\r\na="));
            }
            await().atMost(Duration.ofSeconds(8)).until(() -> unfinished.stream().filter(RequestBodiesTest::isAnswered).count() == 90 - 64);
            Socket refused = unfinished.stream().filter(RequestBodiesTest::isAnswered).findFirst().orElseThrow();
            assertThat(firstLine(refused)).startsWith("HTTP/1.1 429");
            assertThat(people.aStranger().post("/auth/v1/token?grant_type=password", person.credentials()).status()).isEqualTo(200);
            assertThat(people.aStranger().form("/auth/login", person.credentials()).header("Location")).isEqualTo("/dashboard");
        } finally {
            for (Socket socket : unfinished) {
                socket.close();
            }
        }
    }

    @Test
    void aFormOfSomebodySignedInIsReadToItsLastField() {
        TestPerson person = people.aPerson();
        String text = "long ".repeat(900) + "end";
        TestAnswer answer = person.browser().form("/tweets/mine", Map.of("content", text, "action", "draft"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(303);
        assertThat(person.get("/api/tweets").text("/tweets/0/content")).isEqualTo(text);
    }

    /** More than Tomcat reads at once, so that some of it is taken while more is there. */
    @Test
    void aBodyOfManyReadsArrivesAsItWasSent() {
        TestPerson person = people.aPerson();
        String text = IntStream.range(0x4e00, 0x4e00 + 4_900).mapToObj(Character::toString).collect(Collectors.joining());
        TestAnswer written = person.post("/api/tweets", Map.of("content", text));
        assertThat(written.status()).as(written.body()).isEqualTo(201);
        assertThat(person.get("/api/tweets").text("/tweets/0/content")).isEqualTo(text);
        assertThat(person.browser().form("/tweets/mine/preview", Map.of("content", text.repeat(2))).status()).isEqualTo(200);
    }

    private Socket sent(String request) throws IOException {
        Socket socket = new Socket("localhost", environment.getRequiredProperty("local.server.port", Integer.class));
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static boolean isAnswered(Socket socket) {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstLine(Socket socket) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** The answer up to the end of its head, given while the rest of the request is still to come. */
    private String raw(String request) throws IOException {
        try (Socket socket = sent(request)) {
            StringBuilder head = new StringBuilder();
            for (String line = firstLine(socket); !line.isBlank(); line = firstLine(socket)) {
                head.append(line).append('\n');
            }
            return head.toString();
        }
    }
}
