package social.coral.agents.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadPartsTest {

    @Test
    void partsFitAndCutNoGraphemeAndNoLink() {
        assertThat(SplittingQuality.faultsOfGenerated(1_000, 14)).isEmpty();
    }

    @Test
    void textsOfXsOwnTestVectorsWeighWhatTheySayAndAreSplitWithoutFault() {
        assertThat(SplittingQuality.vectors()).isGreaterThan(20);
        assertThat(SplittingQuality.faultsOfVectors()).isEmpty();
    }

    @Test
    void sentencesStayWholeWhereTheyFit() {
        assertThat(new ThreadParts(40, 3, false).of(List.of("The reef is warm. ", "The corals bleach. ", "Nobody knows why this is so. "), null))
                .containsExactly("The reef is warm. The corals bleach.", "Nobody knows why this is so.");
    }

    @Test
    void numbersCountTheParts() {
        assertThat(new ThreadParts(24, 9, true).of(List.of("The reef is warm.", "The corals bleach."), null)).containsExactly("The reef is warm. 1/2", "The corals bleach. 2/2");
        assertThat(new ThreadParts(280, 9, true).of(List.of("The reef is warm."), null)).containsExactly("The reef is warm.");
    }

    @Test
    void noPartJoinsWhatStoodOnBothSidesOfWhatIsLeftOut() {
        String tooLongForALink = "x".repeat(90) + ".com";
        assertThat(new ThreadParts(30, 9, false).of(List.of("Warm " + tooLongForALink + " reef."), null)).containsExactly("Warm", "reef.");
    }

    @Test
    void whatIsTooMuchIsLeftOutFromTheEndAndTheLinkStays() {
        List<String> parts = new ThreadParts(30, 2, false).of(List.of("The reef is warm today.", "The corals bleach again.", "Nobody knows why."), "https://reef.example/a");
        assertThat(parts).containsExactly("The reef is warm today.", "https://reef.example/a");
    }
}
