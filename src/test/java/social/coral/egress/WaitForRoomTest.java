package social.coral.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import social.coral.egress.EgressFault.Kind;

/** Answers that come while others take all the room there is. */
class WaitForRoomTest {

    private static final int ROOM = 1000;
    private static final Duration TIME = Duration.ofSeconds(3);

    private static ResponseMemory.Share all(ResponseMemory room) throws IOException {
        ResponseMemory.Share share = room.share(new CallTime(TIME));
        share.take(ROOM);
        // Beyond the room goes one alone, so no other does.
        share.take(1);
        return share;
    }

    private static EgressResponse call(Peer peer, ResponseMemory room) {
        URI uri = URI.create(peer.url() + "/");
        try (Egress egress = TestEgress.openTo(peer.url(), room)) {
            return egress.send(new Purpose("test", TIME, 10_000, uri), HttpRequest.newBuilder(uri).build());
        }
    }

    @Test
    void anAnswerThatWaitsForRoomDoesNotUseUpTheTimeOfWhoeverSentIt() throws Exception {
        ResponseMemory room = new ResponseMemory(ROOM, Duration.ofMinutes(1));
        try (Peer peer = Peer.thatAnswers(Peer.text("200 OK", "here")); ResponseMemory.Share others = all(room)) {
            CompletableFuture<EgressResponse> reply = CompletableFuture.supplyAsync(() -> call(peer, room));
            Thread.sleep(TIME.plusMillis(500));
            assertThat(reply).isNotDone();
            others.close();
            assertThat(reply.join().body()).isEqualTo("here");
        }
    }

    @Test
    void whatIsMadeOfAnAnswerTakesOurTime() throws Exception {
        try (Peer peer = Peer.thatAnswers(Peer.text("200 OK", "here")); Egress egress = TestEgress.openTo(peer.url())) {
            URI uri = URI.create(peer.url() + "/");
            String made = egress.send(new Purpose("test", TIME, 10_000, uri), HttpRequest.newBuilder(uri).build(), reply -> {
                try {
                    Thread.sleep(TIME.plusMillis(500));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return reply.body();
            });
            assertThat(made).isEqualTo("here");
        }
    }

    @Test
    void whereNoRoomComesTheCallEndsAndNobodyOutsideIsBlamed() throws Exception {
        ResponseMemory room = new ResponseMemory(ROOM, Duration.ofMillis(200));
        try (Peer peer = Peer.thatAnswers(Peer.text("200 OK", "here")); ResponseMemory.Share others = all(room)) {
            assertThatExceptionOfType(EgressFault.class).isThrownBy(() -> call(peer, room))
                    .matches(fault -> fault.kind() == Kind.NO_ROOM)
                    .satisfies(fault -> assertThat(fault.toTenant("X")).doesNotContain("X"));
        }
    }

    @Test
    void whoBreaksOffAfterHavingWaitedForUsIsNotBlamed() throws Exception {
        ResponseMemory room = new ResponseMemory(ROOM, Duration.ofMinutes(1));
        Peer.Answer half = out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
            out.close();
        };
        try (Peer peer = Peer.thatAnswers(half); ResponseMemory.Share others = all(room)) {
            CompletableFuture<EgressResponse> reply = CompletableFuture.supplyAsync(() -> call(peer, room));
            await().until(() -> peer.requests.size() == 1);
            Thread.sleep(Duration.ofSeconds(1));
            others.close();
            assertThatThrownBy(reply::join).cause().isInstanceOfSatisfying(EgressFault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.NO_ROOM));
        }
        try (Peer peer = Peer.thatAnswers(half)) {
            assertThatExceptionOfType(EgressFault.class).isThrownBy(() -> call(peer, room)).matches(fault -> fault.kind() == Kind.RESET);
        }
    }
}
