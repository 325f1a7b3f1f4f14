package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.agents.StepMaterial.Piece;

class StepTraceTest {

    private final StepTrace trace = new StepTrace(StepMaterial.NONE);

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "珊", "🪸", "e\u0301", "👩\u200d👧", "👍🏽", "\"", "\\"})
    void whatIsTooLongIsCutBetweenTwoCharactersAndSaysSo(String character) {
        String text = character.repeat(StepTrace.MAX_BYTES + 1);
        trace.made("Text", text, null);
        Piece piece = trace.material().made().getFirst();
        assertThat(piece.cut()).isTrue();
        assertThat(piece.text().getBytes(StandardCharsets.UTF_8).length).isBetween(StepTrace.MAX_BYTES - 40, StepTrace.MAX_BYTES);
        assertThat(piece.text().replace(character, "")).isEmpty();
    }

    @Test
    void manyTextsTakeNoMoreThanOne() {
        for (int i = 0; i < 1_000; i++) {
            trace.read("Post", i + "x".repeat(1_000), null);
        }
        assertThat(trace.material().read()).hasSizeLessThan(50);
        assertThat(trace.material().read().stream().mapToInt(piece -> piece.text().length()).sum()).isEqualTo(StepTrace.MAX_BYTES);
    }

    @Test
    void whatIsReadAgainAfterAnInterruptionIsKeptOnce() {
        trace.read("Post", "Corals bleach.", "/insights");
        trace.read("Long", "x".repeat(StepTrace.MAX_BYTES), null);
        StepTrace again = new StepTrace(trace.material());
        again.read("Post", "Corals bleach.", "/insights");
        again.read("Long", "x".repeat(StepTrace.MAX_BYTES), null);
        assertThat(again.material()).isEqualTo(trace.material());
    }

    @Test
    void whatWasUndoneWasNotMade() {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> trace.undoable(() -> {
            trace.made("Blog post", "Never stored", null);
            throw new IllegalStateException();
        }));
        assertThat(trace.material().isEmpty()).isTrue();
    }
}
