package social.coral.agents.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.twitter.twittertext.Extractor.Entity;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import social.coral.content.PostEntities;
import social.coral.content.PostText;

class ThreadPartsTest {

    private static final int MOST = 6;
    private static final List<String> BITS = List.of("reef ", "the water is warm ", "https://reef.example/a?b=c#d ", "example.com ", "👩‍👩‍👧‍👦", "👍🏽 ", "海が暖かい。", "サンゴ", "e\u0301e\u0301 ",
            "कि ", "@reef_notes ", "#bleaching ", "Donaudampfschifffahrtsgesellschaft", "x".repeat(90), "1️⃣ ", "🇫🇷", "— ", "กำ", "\u1100\u1161\u11a8", "ﷺ ");

    private static String sentence(Random random) {
        StringBuilder text = new StringBuilder();
        for (int bit = random.nextInt(1, random.nextInt(2, 60)); bit > 0; bit--) {
            text.append(BITS.get(random.nextInt(BITS.size())));
        }
        return text.append(". ").toString();
    }

    @Test
    void partsFitAndCutNoGraphemeAndNoLink() {
        Random random = new Random(14);
        for (int i = 0; i < 2_000; i++) {
            List<String> sentences = new ArrayList<>();
            for (int count = random.nextInt(1, 6); count > 0; count--) {
                sentences.add(sentence(random));
            }
            String link = random.nextInt(3) == 0 ? "https://reef.example/source" : null;
            List<String> parts = new ThreadParts(PostText.MAX_WEIGHTED_LENGTH, MOST, random.nextBoolean()).of(sentences, link);
            assertThat(parts).hasSizeBetween(1, MOST);
            String all = sentences.stream().map(String::strip).collect(Collectors.joining(" "));
            List<String> links = PostEntities.in(all).stream().filter(entity -> entity.getType() == Entity.Type.URL).map(entity -> all.substring(entity.getStart(), entity.getEnd())).toList();
            BreakIterator graphemes = BreakIterator.getCharacterInstance();
            graphemes.setText(all);
            for (String part : parts) {
                assertThat(PostText.weightedLength(part)).as(part).isLessThanOrEqualTo(PostText.MAX_WEIGHTED_LENGTH);
                PostEntities.in(part).stream().filter(entity -> entity.getType() == Entity.Type.URL).map(entity -> part.substring(entity.getStart(), entity.getEnd()))
                        .forEach(found -> assertThat(found.equals(link) || links.contains(found)).as(found + " in " + all).isTrue());
                String bare = part.replaceAll(" [1-6]/[1-6]$", "").replaceAll("\nhttps://reef.example/source$", "");
                int at = all.indexOf(bare);
                assertThat(at >= 0 || bare.equals(link)).as(bare + "\nin " + all).isTrue();
                assertThat(at < 0 || graphemes.isBoundary(at) && graphemes.isBoundary(at + bare.length())).isTrue();
            }
            assertThat(link == null || parts.getLast().contains(link)).isTrue();
        }
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
    void whatIsTooMuchIsLeftOutFromTheEndAndTheLinkStays() {
        List<String> parts = new ThreadParts(30, 2, false).of(List.of("The reef is warm today.", "The corals bleach again.", "Nobody knows why."), "https://reef.example/a");
        assertThat(parts).containsExactly("The reef is warm today.", "https://reef.example/a");
    }
}
