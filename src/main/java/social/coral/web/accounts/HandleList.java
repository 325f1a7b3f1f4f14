package social.coral.web.accounts;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import social.coral.api.Failure;
import social.coral.content.Username;

/** Splits what a person typed or pasted into handles. */
final class HandleList {

    private static final int MAX_ENTRIES = 100;

    private static final Pattern BETWEEN = Pattern.compile("[\\n\\r,;|，、；]+");
    private static final Pattern SPACE = Pattern.compile("(?U)\\s+");

    private HandleList() {}

    /** @param isDoubtful whether it has several words, which may be one name or several handles */
    record Entry(String typed, boolean isDoubtful) {}

    /** Returns what commas, semicolons or line breaks separate; so do spaces, except where a word may be a part of a name. */
    static Set<Entry> read(String typed) {
        Set<Entry> entries = new LinkedHashSet<>();
        for (String part : BETWEEN.split(typed)) {
            List<String> words = Arrays.stream(SPACE.split(part)).filter(word -> !word.isEmpty()).toList();
            if (words.size() == 1 || words.stream().noneMatch(Username::mayBeName)) {
                words.forEach(word -> entries.add(new Entry(word, false)));
            } else {
                entries.add(new Entry(String.join(" ", words), true));
            }
        }
        if (entries.isEmpty()) {
            throw Failure.invalid("handles", "Enter at least one handle.");
        }
        if (entries.size() > MAX_ENTRIES) {
            throw Failure.invalid("handles", "You entered " + entries.size() + " handles. Add at most " + MAX_ENTRIES + " at a time.");
        }
        return entries;
    }
}
