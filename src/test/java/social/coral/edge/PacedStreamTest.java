package social.coral.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;

/** By a clock of its own. */
class PacedStreamTest {

    private static final byte[] PIECE = new byte[32 << 10];

    private final APatientReader reader = new APatientReader();
    private final PacedStream answer = new PacedStream(reader, () -> reader.now);

    @Test
    void whoeverTakesLessThanALineCarriesIsCutOffAndWhoeverTakesThatMuchIsNot() throws IOException {
        reader.takes = Duration.ofSeconds(2);
        for (int i = 0; i < 100; i++) {
            answer.write(PIECE);
        }
        reader.takes = Duration.ofSeconds(5);
        assertThatExceptionOfType(ClientAbortException.class).isThrownBy(() -> answer.write(new byte[100 * PIECE.length]));
        assertThat(reader.pieces).isBetween(105, 115);
    }

    @Test
    void theTimeOfTheMakingIsNotTheReaders() throws IOException {
        answer.write(PIECE);
        reader.now += Duration.ofHours(1).toNanos();
        answer.write(PIECE);
        assertThat(reader.pieces).isEqualTo(2);
    }

    private static final class APatientReader extends OutputStream {
        private Duration takes = Duration.ZERO;
        private long now;
        private int pieces;

        @Override
        public void write(int value) {
            throw new UnsupportedOperationException("one by one");
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            now += takes.toNanos();
            pieces++;
        }
    }
}
