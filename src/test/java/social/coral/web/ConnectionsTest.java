package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.CoralTest;
import social.coral.People;

/** Whoever opens many connections, or speaks so slowly that no request is ever whole, loses the oldest of them. */
@CoralTest
class ConnectionsTest {

    private static final String NETWORK = "127.0.0.9";

    @Autowired private Environment environment;
    @Autowired private People people;

    @Test
    void aNetworkHoldsAQuarterOfTheConnectionsAndTheNewestIsServed() throws IOException {
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < OpenConnections.MOST_OF_A_NETWORK + 60; i++) {
                Socket socket = open();
                socket.getOutputStream().write("GET /actuator/health/liveness HTTP/1.1\r\nX-Slow: ".getBytes(StandardCharsets.ISO_8859_1));
                held.add(socket);
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> held.stream().filter(ConnectionsTest::isEnded).count() >= 60);
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

    private Socket open() throws IOException {
        int port = environment.getRequiredProperty("local.server.port", Integer.class);
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(NETWORK), 0);
        socket.setSoTimeout(20_000);
        return socket;
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
