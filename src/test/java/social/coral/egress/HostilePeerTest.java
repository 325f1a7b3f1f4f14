package social.coral.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import social.coral.egress.EgressFault.Kind;

/** What a server outside can try with its answers. The time of a call is long, so whatever ends it early is not the clock. */
class HostilePeerTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static EgressResponse call(Egress egress, Peer peer, Duration time) {
        URI uri = URI.create(peer.url() + "/");
        return egress.send(new Purpose("test", time, 10_000, uri),
                HttpRequest.newBuilder(uri).header("Authorization", "Bearer secret").header("Cookie", "own=1").build());
    }

    private static void fails(Kind kind, Duration time, Peer.Answer answer) throws IOException {
        try (Peer peer = Peer.thatAnswers(answer); Egress egress = TestEgress.openTo(peer.url())) {
            assertThatExceptionOfType(EgressFault.class).isThrownBy(() -> call(egress, peer, time)).matches(fault -> fault.kind() == kind, "is " + kind);
        }
    }

    private static Peer.Answer endless(String head, byte[] part) {
        return out -> {
            out.write(("HTTP/1.1 200 OK\r\n" + head).getBytes(StandardCharsets.US_ASCII));
            for (;;) {
                out.write(part);
            }
        };
    }

    private static byte[] chunk(byte[] content) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes((Integer.toHexString(content.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.write(content);
        chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunk.toByteArray();
    }

    private static byte[] zipped(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void anEndlessBodyIsLeftAtTheLimitAndNotReadToItsEnd() throws IOException {
        fails(Kind.TOO_LARGE, LONG, endless("\r\n", new byte[1000]));
        fails(Kind.TOO_LARGE, LONG, endless("Transfer-Encoding: chunked\r\n\r\n", chunk(new byte[1000])));
        fails(Kind.TOO_LARGE, LONG, endless("Content-Length: 9999999999\r\n\r\n", new byte[1000]));
    }

    @Test
    void aBombOfZerosAndAnEndlessRowOfEmptyParcelsAreBothTooLarge() throws IOException {
        String head = "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
        fails(Kind.TOO_LARGE, LONG, endless(head, chunk(zipped(new byte[5_000_000]))));
        fails(Kind.TOO_LARGE, LONG, endless(head, chunk(zipped(new byte[0]))));
    }

    @Test
    void aPackingThatNobodyAskedForIsNotUnpacked() throws IOException {
        fails(Kind.UNREADABLE, LONG, Peer.text("200 OK\r\nContent-Encoding: deflate", "x"));
        fails(Kind.UNREADABLE, LONG, Peer.text("200 OK\r\nContent-Encoding: gzip, gzip", "x"));
    }

    @Test
    void whatIsNotUtf8IsNotTakenForAnAnswerAndAQuestionMarkThatWasSentIs() throws IOException {
        fails(Kind.UNREADABLE, LONG, out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=iso-8859-1\r\nContent-Length: 4\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write("café".getBytes(StandardCharsets.ISO_8859_1));
        });
        try (Peer peer = Peer.thatAnswers(out -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.write("\uFFFD".getBytes(StandardCharsets.UTF_8));
                });
                Egress egress = TestEgress.openTo(peer.url())) {
            assertThat(call(egress, peer, LONG).body()).isEqualTo("\uFFFD");
        }
    }

    @Test
    void headersWithoutEndAreGivenUp() throws IOException {
        fails(Kind.TOO_LARGE, LONG, endless("", "X-Filler: y\r\n".getBytes(StandardCharsets.US_ASCII)));
        fails(Kind.TOO_LARGE, LONG, endless("X-Long: ", "y".repeat(1000).getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void neitherSilenceNorATrickleNorEndlessPreludesHoldACallerBeyondItsTime() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        Peer.Answer silent = out -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        fails(Kind.TIMED_OUT, Duration.ofMillis(300), silent);
        fails(Kind.TIMED_OUT, Duration.ofMillis(300), out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            silent.write(out);
        });
        fails(Kind.TIMED_OUT, Duration.ofMillis(300), out -> {
            for (;;) {
                out.write("HTTP/1.1 103 Early Hints\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        });
    }

    @Test
    void aRedirectIsAnAnswerSoNeitherTheCallNorItsKeyReachesAnotherPlace() throws IOException {
        try (Peer inside = Peer.thatAnswers(Peer.text("200 OK", "metadata"))) {
            for (String status : new String[] {"301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"}) {
                try (Peer peer = Peer.thatAnswers(Peer.text(status + "\r\nLocation: " + inside.url() + "/latest/meta-data\r\nRefresh: 0; url=" + inside.url(), ""));
                        Egress egress = TestEgress.openTo(peer.url(), inside.url())) {
                    assertThat(call(egress, peer, LONG).status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
                    assertThat(peer.requests).hasSize(1);
                }
            }
            assertThat(inside.connections).as("also where the operator allows that place for other calls").hasValue(0);
        }
    }

    @Test
    void nothingOfACallIsKeptForTheNextOverTheSameConnection() throws IOException {
        try (Peer peer = Peer.thatAnswers(Peer.text("401 No\r\nSet-Cookie: track=1; Path=/\r\nWWW-Authenticate: Basic realm=x", "{}"));
                Egress egress = TestEgress.openTo(peer.url())) {
            URI uri = URI.create(peer.url() + "/");
            for (int i = 0; i < 5; i++) {
                call(egress, peer, LONG);
                egress.send(new Purpose("test", LONG, 10_000, uri), HttpRequest.newBuilder(uri).build());
            }
            assertThat(peer.connections).as("kept alive").hasValue(1);
            assertThat(peer.requests).hasSize(10);
            assertThat(peer.requests.get(9)).doesNotContainIgnoringCase("authorization").doesNotContainIgnoringCase("cookie");
        }
    }

    @Test
    void aCallThatMayHaveTakenEffectIsNotRepeated() throws IOException {
        try (Peer peer = Peer.thatAnswers(out -> out.close()); Egress egress = TestEgress.openTo(peer.url())) {
            assertThatExceptionOfType(EgressFault.class).isThrownBy(() -> call(egress, peer, LONG)).matches(fault -> fault.kind() == Kind.RESET);
            assertThat(peer.requests).hasSize(1);
        }
        try (Peer peer = Peer.thatAnswers(Peer.text("503 Busy\r\nRetry-After: 0", "")); Egress egress = TestEgress.openTo(peer.url())) {
            assertThat(call(egress, peer, LONG).status()).isEqualTo(503);
            assertThat(peer.requests).hasSize(1);
        }
    }
}
