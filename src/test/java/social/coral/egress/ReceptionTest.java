package social.coral.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bounds of responses that are read while they arrive. */
class ReceptionTest {

    @ParameterizedTest
    @CsvSource({"silent, TIMED_OUT", "trickling, TIMED_OUT", "too long, TOO_LARGE", "cut off, RESET", "packed, UNREADABLE"})
    void aResponseThatArrivesHasAnEndAllTheSame(String way, EgressFault.Kind kind) throws IOException {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + (way.equals("packed") ? "Content-Encoding: gzip\r\n" : "") + "Transfer-Encoding: chunked\r\n\r\n";
        try (Peer peer = Peer.thatAnswers(out -> {
            out.write((head + "3\r\nTea\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            switch (way) {
                case "too long" -> out.write(("5dc\r\n" + "x".repeat(1500) + "\r\n0\r\n\r\n").getBytes(StandardCharsets.UTF_8));
                case "cut off" -> out.close();
                default -> {
                    for (int i = 0; i < 200; i++) {
                        pause(way.equals("silent") ? 10_000 : 50);
                        out.write("1\r\n.\r\n".getBytes(StandardCharsets.UTF_8));
                        out.flush();
                    }
                }
            }
        })) {
            Egress egress = TestEgress.openTo(peer.url());
            Purpose purpose = new Purpose("test", Duration.ofSeconds(way.equals("trickling") ? 1 : 60), 1000, URI.create(peer.url()));
            Duration idle = Duration.ofMillis(way.equals("silent") ? 300 : 30_000);
            EgressFault fault = catchThrowableOfType(EgressFault.class, () -> egress.receive(purpose, idle, HttpRequest.newBuilder(URI.create(peer.url())).build(),
                    response -> new String(response.body().readAllBytes(), StandardCharsets.UTF_8)));
            assertThat(fault.kind()).isEqualTo(kind);
            assertThat(fault.sentence()).contains("127.0.0.1");
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
