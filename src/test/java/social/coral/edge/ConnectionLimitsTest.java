package social.coral.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.identity.SignedInPerson;
import social.coral.tenancy.CostlyWork;

/** Whoever opens many connections, or speaks so slowly that no request is ever whole, loses the oldest of them. */
@CoralTest
class ConnectionLimitsTest {

    private static final String NETWORK = "127.0.0.9";

    @Autowired private Environment environment;
    @Autowired private People people;
    @Autowired private ErrorResponses answers;
    @Autowired private CostlyWork costly;

    @Test
    void aNetworkHoldsAQuarterOfTheConnectionsAndTheNewestIsServed() throws IOException {
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < OpenConnections.MAX_PER_NETWORK + 60; i++) {
                Socket socket = open();
                socket.getOutputStream().write("GET /actuator/health/liveness HTTP/1.1\r\nX-Slow: ".getBytes(StandardCharsets.ISO_8859_1));
                held.add(socket);
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> held.stream().filter(ConnectionLimitsTest::isEnded).count() >= 60);
            assertThat(isEnded(held.getLast())).isFalse();
            Socket newest = held.getLast();
            newest.getOutputStream().write("x\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(newest.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 200");
            assertThat(people.aStranger().get("/actuator/health/liveness").status()).isEqualTo(200);
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    @Test
    void aNetworkHoldsNoMoreWhileItIsServed() throws IOException {
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < OpenConnections.MAX_PER_NETWORK + 60; i++) {
                Socket socket = open();
                held.add(socket);
                socket.getOutputStream().write("GET /swagger-ui/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> held.stream().filter(ConnectionLimitsTest::takesNothing).count() >= 60);
            assertThat(takesNothing(held.getLast())).isFalse();
            assertThat(people.aStranger().get("/actuator/health/liveness").status()).isEqualTo(200);
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/coral.css", "/swagger-ui/swagger-ui-bundle.js", "/api/user/export"})
    void whatIsSentWhileItIsReadHasALeastPaceToo(String path, @TempDir Path folder) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setServletPath(path);
        List<OutputStream> given = new ArrayList<>();
        new ResponseTurns(costly, answers, folder).doFilter(request, new MockHttpServletResponse(), (unused, answer) -> given.add(answer.getOutputStream()));
        assertThat(given).hasOnlyElementsOfType(PacedStream.class).hasSize(1);
    }

    @Test
    void aChangeWhoseAnswerFindsNoPlaceIsSaidToBeSaved(@TempDir Path folder) throws Exception {
        ResponseTurns turns = new ResponseTurns(costly, answers, folder);
        SignedInPerson person = new SignedInPerson(UUID.randomUUID(), "a@example.org", UUID.randomUUID(), "aal1");
        CountDownLatch sending = new CountDownLatch(ResponseTurns.SENT_PER_TENANT);
        CountDownLatch read = new CountDownLatch(1);
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < ResponseTurns.SENT_PER_TENANT; i++) {
            readers.add(Thread.startVirtualThread(() -> longAnswer(turns, person, "GET", new MockHttpServletResponse() {
                @Override
                public ServletOutputStream getOutputStream() {
                    sending.countDown();
                    try {
                        read.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return super.getOutputStream();
                }
            })));
        }
        assertThat(sending.await(10, TimeUnit.SECONDS)).isTrue();

        MockHttpServletResponse response = new MockHttpServletResponse();
        longAnswer(turns, person, "POST", response);
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getContentAsString()).contains("answer_not_sent", "was saved");
        read.countDown();
        for (Thread reader : readers) {
            reader.join();
        }
    }

    private static void longAnswer(ResponseTurns turns, SignedInPerson person, String method, MockHttpServletResponse response) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/api/tweets");
        request.setServletPath("/api/tweets");
        request.setAttribute(AuthenticationFilter.PERSON, person);
        try {
            turns.doFilter(request, response, (unused, answer) -> answer.getOutputStream().write(new byte[64 << 10]));
        } catch (ServletException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Socket open() throws IOException {
        int port = environment.getRequiredProperty("local.server.port", Integer.class);
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(NETWORK), 0);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Whether it is closed over there, however much of the answer is still on its way here. */
    private static boolean takesNothing(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isEnded(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        } finally {
            restore(socket);
        }
    }

    private static void restore(Socket socket) {
        try {
            socket.setSoTimeout(20_000);
        } catch (IOException e) {
            // It is closed.
        }
    }
}
