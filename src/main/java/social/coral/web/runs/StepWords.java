package social.coral.web.runs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person calls a step of a run. The step's own name also tells it apart from others: it may end with an id, and is cut short. */
public final class StepWords {

    private static final int LONGEST = 60;
    private static final Pattern WITH_ID = Pattern.compile("(?s)(.*) · [0-9a-f]{8}");
    private static final Pattern WITH_POST = Pattern.compile("(@[A-Za-z0-9_]{1,15}) [0-9]{6,20}");
    private static final Pattern LAST_WORD = Pattern.compile("\\s+\\S*$");

    private StepWords() {}

    /** Returns the step's name without its id; what was cut in a word ends before that word. */
    public static String title(String step) {
        Matcher post = WITH_POST.matcher(step);
        if (post.matches()) {
            return post.group(1);
        }
        Matcher thing = WITH_ID.matcher(step);
        if (!thing.matches()) {
            return step;
        }
        String title = thing.group(1);
        int verb = title.startsWith("Revise: ") ? "Revise: ".length() : 0;
        if (title.codePointCount(verb, title.length()) < LONGEST) {
            return title;
        }
        String cut = LAST_WORD.matcher(title).replaceFirst("") + "…";
        return cut.lastIndexOf('“') > cut.lastIndexOf('”') ? cut + "”" : cut;
    }
}
