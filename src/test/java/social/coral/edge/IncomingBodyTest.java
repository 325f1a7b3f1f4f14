package social.coral.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.mock.web.MockHttpServletRequest;
import social.coral.identity.SignedInPerson;

/** What the bodies of others take while they are on their way, by a clock of its own. */
class IncomingBodyTest {

    private static final int ANNOUNCED = RequestBodies.MAX_BYTES;

    @Test
    void manyThatAnnounceMuchAndSendLittleKeepNobodyFromSending() throws IOException {
        List<IncomingBody> held = new ArrayList<>();
        try {
            for (int account = 0; account < 30; account++) {
                SignedInPerson greedy = person();
                for (int i = 0; i < 4; i++) {
                    held.add(body(new Sender("127.0.0." + account % 4, ANNOUNCED, 20_000), greedy));
                    assertThat(held.getLast().takeWhatHasArrived()).isFalse();
                }
            }
            try (IncomingBody whole = body(new Sender("127.0.1.9", 20_000, 20_000), person())) {
                assertThat(whole.takeWhatHasArrived()).isTrue();
                assertThat(whole.take()).hasSize(20_000);
            }
        } finally {
            held.forEach(IncomingBody::close);
        }
    }

    @Test
    void aNetworkThatSendsMuchTakesNoMoreThanItsShareOfTheRoom() {
        BodyMemory room = new BodyMemory(3, 9, 1);
        room.take("127.0.0.66", 3);
        assertThatExceptionOfType(TransientDataAccessResourceException.class).isThrownBy(() -> room.take("127.0.0.66", 1));
        room.giveBack("127.0.0.66", 3);
        room.take("127.0.0.66", 1);
    }

    @Test
    void networksThatSendMuchLeaveRoomForThoseThatSendLittle() {
        BodyMemory room = new BodyMemory(3, 9, 1);
        room.take("127.0.0.66", 3);
        room.take("127.0.0.67", 3);
        assertThatExceptionOfType(TransientDataAccessResourceException.class).isThrownBy(() -> room.take("127.0.0.68", 2));
        List.of("127.0.0.9", "127.0.0.10", "127.0.0.11").forEach(network -> room.take(network, 1));
        assertThatExceptionOfType(TransientDataAccessResourceException.class).isThrownBy(() -> room.take("127.0.0.12", 1));
        room.giveBack("127.0.0.9", 1);
        room.take("127.0.0.12", 1);
    }

    @Test
    void aLongBodyThatTricklesIsCutOffSoonAndOneThatComesAtAPaceIsNot() throws IOException {
        Sender trickling = new Sender("127.0.0.66", ANNOUNCED, 20_000).then(1, Duration.ofSeconds(3));
        try (IncomingBody body = body(trickling, person())) {
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(body::take);
        }
        assertThat(trickling.now()).isLessThan(Duration.ofSeconds(12).toNanos());

        try (IncomingBody body = body(new Sender("127.0.0.66", ANNOUNCED, 20_000).then(40_000, Duration.ofSeconds(1)), person())) {
            assertThat(body.take()).hasSize(ANNOUNCED);
        }
    }

    private static IncomingBody body(Sender sender, SignedInPerson person) throws IOException {
        return new IncomingBody(sender, RequestBodies.MAX_BYTES, person, sender::now);
    }

    private static SignedInPerson person() {
        return new SignedInPerson(UUID.randomUUID(), "a@example.org", UUID.randomUUID(), "aal1");
    }

    /** Has sent some of it already; the rest comes a little at a time. */
    private static final class Sender extends MockHttpServletRequest {

        private int left;
        private int here;
        private int pieceBytes;
        private Duration pieceTime = Duration.ZERO;
        private long now;

        private Sender(String address, int announced, int here) {
            setRemoteAddr(address);
            this.left = announced;
            this.here = here;
        }

        private Sender then(int bytes, Duration time) {
            pieceBytes = bytes;
            pieceTime = time;
            return this;
        }

        private long now() {
            return now;
        }

        @Override
        public long getContentLengthLong() {
            return left;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new ServletInputStream() {

                @Override
                public int available() {
                    return here;
                }

                @Override
                public int read() {
                    throw new UnsupportedOperationException("one by one");
                }

                @Override
                public int read(byte[] bytes, int offset, int count) {
                    if (left == 0) {
                        return -1;
                    }
                    if (here == 0) {
                        now += pieceTime.toNanos();
                        here = Math.min(pieceBytes, left);
                    }
                    int read = Math.min(here, count);
                    here -= read;
                    left -= read;
                    return read;
                }

                @Override
                public boolean isFinished() {
                    return left == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("it is read by the thread that answers");
                }
            };
        }
    }
}
