package social.coral.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import social.coral.api.CurrentClient;

/** In a real Tomcat, because it is Tomcat that has to tell. */
class TomcatConnectionTest {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CompletableFuture<Boolean> gone = new CompletableFuture<>();
    private final CompletableFuture<Boolean> sent = new CompletableFuture<>();
    private final ConnectionLimits connections = new ConnectionLimits(new TrustedProxies(new EdgeSettings(List.of(), List.of(), false)));
    private WebServer server;

    @BeforeEach
    void start() {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
        factory.setProtocol(WatchedProtocol.class.getName());
        factory.addEngineValves(connections.valve());
        factory.addConnectorCustomizers(connections);
        factory.addEngineValves(new ValveBase(true) {
            @Override
            public void invoke(Request request, Response response) {
                reached.countDown();
                try {
                    goOn.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                sent.complete(CurrentClient.connection().hasArrived());
                gone.complete(CurrentClient.isDisconnected());
            }
        });
        server = factory.getWebServer();
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
        connections.destroy();
    }

    @Test
    void whoHungUpIsGone() throws Exception {
        try (Socket socket = ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n")) {
            reached.await();
        }
        goOn.countDown();
        assertThat(gone.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoWaitsIsThere() throws Exception {
        try (Socket socket = ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n")) {
            reached.await();
            goOn.countDown();
            assertThat(gone.get(10, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void whoSendsMoreBeforeTheAnswerIsThereAndIsAnsweredTwice() throws Exception {
        try (Socket socket = ask("GET / HTTP/1.1\r\nHost: x\r\n\r\nG")) {
            reached.await();
            goOn.countDown();
            assertThat(gone.get(10, TimeUnit.SECONDS)).isFalse();
            socket.getOutputStream().write("ET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).split("HTTP/1.1 200", -1)).hasSize(3);
        }
    }

    @Test
    void whoseBodyWasNotReadYetIsThere() throws Exception {
        try (Socket socket = ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx")) {
            reached.await();
            goOn.countDown();
            assertThat(gone.get(10, TimeUnit.SECONDS)).isFalse();
            assertThat(sent.get()).isTrue();
        }
    }

    @Test
    void whoseBodyIsStillToComeHasSentNothing() throws Exception {
        try (Socket socket = ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n")) {
            reached.await();
            goOn.countDown();
            assertThat(sent.get(10, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void whoHungUpInTheMiddleOfABodyIsFoundByReadingIt() throws Exception {
        try (Socket socket = ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")) {
            reached.await();
        }
        goOn.countDown();
        assertThat(sent.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private Socket ask(String request) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
