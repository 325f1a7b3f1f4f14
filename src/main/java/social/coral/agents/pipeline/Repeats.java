package social.coral.agents.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import social.coral.knowledge.TextFeatures.Features;

/**
 * Tells which texts say the same: in the same words, with a few around them, or up to where one was cut off. A word that is added, left out
 * or replaced within a text can turn what it says around, so such texts are two.
 */
final class Repeats {

    private static final double WITHOUT_WHAT_IS_AROUND = 0.7;
    /** In letters: less is said by many who say different things. */
    private static final int LEAST = 12;
    private static final int LEAST_CUT_OFF = 24;
    /** In a longer text nobody looks for another. */
    private static final int MOST = 400;

    /** A text as it is compared. */
    private record Compared(int place, String words, String padded, boolean cutOff) {

        static Compared of(int place, Features features) {
            String said = features.said().strip();
            boolean cutOff = said.endsWith("…") || said.endsWith("...");
            String words = features.same();
            String whole = cutOff && words.lastIndexOf(' ') > 0 ? words.substring(0, words.lastIndexOf(' ')) : words;
            return new Compared(place, whole, " " + whole + " ", cutOff);
        }

        boolean isIn(Compared longer) {
            if (cutOff && words.length() >= LEAST_CUT_OFF && longer.words.startsWith(words)) {
                return true;
            }
            if (words.equals(longer.words)) {
                return true;
            }
            return words.length() >= LEAST && longer.words.length() <= MOST && words.length() >= WITHOUT_WHAT_IS_AROUND * longer.words.length()
                    && longer.padded.contains(padded);
        }
    }

    private Repeats() {}

    /** Returns the texts by their places, those that say the same together. Takes time with the square of how many there are. */
    static List<List<Integer>> together(List<Features> texts) {
        List<Compared> longestFirst = IntStream.range(0, texts.size()).mapToObj(place -> Compared.of(place, texts.get(place)))
                .sorted(Comparator.comparing((Compared text) -> text.words().length()).reversed().thenComparing(Compared::place)).toList();
        List<Compared> wholes = new ArrayList<>();
        List<List<Integer>> groups = new ArrayList<>();
        for (Compared text : longestFirst) {
            int same = 0;
            while (same < wholes.size() && !text.isIn(wholes.get(same))) {
                same++;
            }
            if (same == wholes.size()) {
                wholes.add(text);
                groups.add(new ArrayList<>());
            }
            groups.get(same).add(text.place());
        }
        return groups;
    }
}
