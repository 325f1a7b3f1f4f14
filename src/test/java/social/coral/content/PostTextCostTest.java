package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What reading a text costs, in processor time of this thread and as ratios, so that a slow machine changes nothing. */
class PostTextCostTest {

    private static final List<String> LETTERS = List.of(
            "a", "1", "é", "海", "e\u0301", "\u0301", "\u0323", "\u0345", ".", "/", "(", ")", "-", "_", "@", "#", "$", ":", "?", "=", "&", "*", "!", "\\", " ", "\n",
            "http://", "https://", "t.co/", "x.com", ".com", "xn--", "RT:", "コム", "भारत", "🌊", "👨‍👩‍👧‍👦", "\u200d", "\ufe0f", "\u20e3", "☂", "🇩", "\u00ad", "\u3002", "한", "ᄀ");
    private static final int SHORT = 1_500;
    private static final int TIMES_LONGER = 16;
    private static final int STEPS = 150;

    private record Tried(List<String> letters, long nanos) {}

    /** Climbs from text to text towards what is slowest for its length, and then makes the slowest ones longer. */
    @Test
    void noTextThatASearchForTheSlowestFindsCostsMoreThanItsLength() {
        Random random = new Random(20_261_125);
        List<Tried> tried = new ArrayList<>();
        for (String letter : LETTERS) {
            tried.add(tried(List.of(letter)));
        }
        for (int step = 0; step < STEPS; step++) {
            tried.sort(Comparator.comparingLong(Tried::nanos).reversed());
            tried.add(tried(changed(tried.get(random.nextInt(12)).letters(), random)));
        }
        tried.sort(Comparator.comparingLong(Tried::nanos).reversed());
        for (Tried slow : tried.subList(0, 15)) {
            double ratio = (double) nanos(repeated(slow.letters(), SHORT * TIMES_LONGER)) / nanos(repeated(slow.letters(), SHORT));
            assertThat(ratio).as(String.join("", slow.letters())).isLessThan(2.5 * TIMES_LONGER);
        }
    }

    private static List<String> changed(List<String> letters, Random random) {
        List<String> changed = new ArrayList<>(letters);
        int at = random.nextInt(changed.size());
        switch (changed.size() == 1 ? 0 : changed.size() > 7 ? 1 : random.nextInt(3)) {
            case 0 -> changed.add(at, LETTERS.get(random.nextInt(LETTERS.size())));
            case 1 -> changed.remove(at);
            default -> changed.set(at, LETTERS.get(random.nextInt(LETTERS.size())));
        }
        return changed;
    }

    private static Tried tried(List<String> letters) {
        return new Tried(letters, nanos(repeated(letters, SHORT)));
    }

    private static String repeated(List<String> letters, int length) {
        String piece = String.join("", letters);
        return piece.repeat(Math.max(1, length / piece.length()));
    }

    private static long nanos(String text) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            assertThat(WeightedLength.of(text) + PostEntities.in(text).size()).isNotNegative();
            best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        return best;
    }
}
