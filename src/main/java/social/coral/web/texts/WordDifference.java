package social.coral.web.texts;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What one version of a text changed of another, by words. */
public final class WordDifference {

    /** A stretch of the two texts that is in both, only in the newer, or only in the older. */
    public record Stretch(Kind kind, String text) {}

    /** Where a stretch is. */
    public enum Kind {
        SAME,
        ADDED,
        REMOVED
    }

    private static final Pattern LINES = Pattern.compile("(?<=\n)");
    private static final Pattern WORDS = Pattern.compile("(?<=\\s)(?=\\S)|(?<=\\S)(?=\\s)|(?=[.,;:!?…])(?<=\\w)"
            // Scripts that write words without spaces are compared by their characters.
            + "|(?<=[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}])|(?=[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}])");
    // The work grows with the product of what is compared; what is longer in all is shown as replaced.
    private static final int MOST_COMPARED = 6_000;

    private final List<Stretch> found = new ArrayList<>();
    private int left = MOST_COMPARED;

    private WordDifference() {}

    /** Compares the lines, and of those that changed the words. */
    public static List<Stretch> between(String older, String newer) {
        WordDifference difference = new WordDifference();
        difference.walk(split(LINES, older), split(LINES, newer), true);
        return merged(difference.found);
    }

    private void walk(List<String> older, List<String> newer, boolean byLines) {
        int size = older.size() + newer.size();
        if (size > left) {
            add(Kind.REMOVED, older);
            add(Kind.ADDED, newer);
            return;
        }
        left -= size;
        int at = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(older, newer).getDeltas()) {
            add(Kind.SAME, older.subList(at, delta.getSource().getPosition()));
            at = delta.getSource().getPosition() + delta.getSource().size();
            if (byLines && delta.getType() == DeltaType.CHANGE) {
                walk(split(WORDS, String.join("", delta.getSource().getLines())),
                        split(WORDS, String.join("", delta.getTarget().getLines())), false);
            } else {
                add(Kind.REMOVED, delta.getSource().getLines());
                add(Kind.ADDED, delta.getTarget().getLines());
            }
        }
        add(Kind.SAME, older.subList(at, older.size()));
    }

    private static List<String> split(Pattern at, String text) {
        return Arrays.asList(at.split(text));
    }

    private void add(Kind kind, List<String> pieces) {
        String text = String.join("", pieces);
        if (!text.isEmpty()) {
            found.add(new Stretch(kind, text));
        }
    }

    private static List<Stretch> merged(List<Stretch> found) {
        List<Stretch> merged = new ArrayList<>();
        for (Stretch next : found) {
            Stretch last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && last.kind() == next.kind()) {
                merged.set(merged.size() - 1, new Stretch(next.kind(), last.text() + next.text()));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }
}
