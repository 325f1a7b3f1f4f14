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
import java.util.concurrent.atomic.AtomicInteger;
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
    private static final int ANSWER_BYTES = 64 << 10;

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
        new ResponseTurns(costly, answers, folder, () -> false).doFilter(request, new MockHttpServletResponse(), (unused, answer) -> given.add(answer.getOutputStream()));
        assertThat(given).hasOnlyElementsOfType(PacedStream.class).hasSize(1);
    }

    @Test
    void aChangeWhoseAnswerFindsNoPlaceIsSaidToBeSaved(@TempDir Path folder) throws Exception {
        ResponseTurns turns = new ResponseTurns(costly, answers, folder, () -> false);
        SignedInPerson person = aSignedInPerson();
        CountDownLatch read = new CountDownLatch(1);
        List<Thread> readers = slowReaders(ResponseTurns.SENT_PER_TENANT, turns, person, new AtomicInteger(), read);

        MockHttpServletResponse response = new MockHttpServletResponse();
        longAnswer(turns, person, "POST", response, new AtomicInteger());
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getContentAsString()).contains("answer_not_sent", "was saved");
        read.countDown();
        for (Thread reader : readers) {
            reader.join();
        }
    }

    @Test
    void whoReadsNothingHasNoMoreAnswersThanArePromisedAndKeepsNobodyElseWaiting(@TempDir Path folder) throws Exception {
        ResponseTurns turns = new ResponseTurns(costly, answers, folder, () -> false);
        AtomicInteger made = new AtomicInteger();
        CountDownLatch read = new CountDownLatch(1);
        List<Thread> readers = new ArrayList<>();
        for (int tenant = 0; tenant < 17; tenant++) {
            SignedInPerson person = aSignedInPerson();
            readers.addAll(slowReaders(ResponseTurns.SENT_PER_TENANT, turns, person, made, read));
            made.set(0);
            List<Thread> more = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                more.add(Thread.startVirtualThread(() -> longAnswer(turns, person, "GET", new MockHttpServletResponse(), made)));
            }
            await().until(() -> more.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
            assertThat(made).hasValue(ResponseTurns.MADE_PER_TENANT);
            readers.addAll(more);
        }

        MockHttpServletResponse response = new MockHttpServletResponse();
        longAnswer(turns, aSignedInPerson(), "GET", response, made);
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsByteArray()).hasSize(ANSWER_BYTES);
        read.countDown();
        for (Thread reader : readers) {
            reader.join();
        }
    }

    @Test
    void aLongAnswerIsRefusedWhenOnlyTheReserveOfTheDiskIsLeftAndAPageIsNot(@TempDir Path folder) throws Exception {
        ResponseTurns turns = new ResponseTurns(costly, answers, folder, () -> true);
        for (int bytes : new int[] {200 << 10, 300 << 10}) {
            MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/tweets");
            MockHttpServletResponse response = new MockHttpServletResponse();
            turns.doFilter(request, response, (unused, answer) -> {
                for (int left = bytes; left > 0; left -= 8 << 10) {
                    answer.getOutputStream().write(new byte[8 << 10]);
                }
            });
            assertThat(response.getStatus()).isEqualTo(bytes > 256 << 10 ? 507 : 200);
        }
    }

    private static SignedInPerson aSignedInPerson() {
        return new SignedInPerson(UUID.randomUUID(), "a@example.org", UUID.randomUUID(), "aal1");
    }

    /** Starts requests whose answers are on their way until {@code read} is counted down. */
    private static List<Thread> slowReaders(int count, ResponseTurns turns, SignedInPerson person, AtomicInteger made, CountDownLatch read)
            throws InterruptedException {
        CountDownLatch sending = new CountDownLatch(count);
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
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
            }, made)));
        }
        assertThat(sending.await(10, TimeUnit.SECONDS)).isTrue();
        return readers;
    }

    private static void longAnswer(ResponseTurns turns, SignedInPerson person, String method, MockHttpServletResponse response, AtomicInteger made) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/api/tweets");
        request.setServletPath("/api/tweets");
        request.setAttribute(AuthenticationFilter.PERSON, person);
        try {
            turns.doFilter(request, response, (unused, answer) -> {
                made.incrementAndGet();
                answer.getOutputStream().write(new byte[ANSWER_BYTES]);
            });
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
