package social.coral.web.texts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import social.coral.content.TextKind;
import social.coral.web.frame.Form;

/** The parts of a thread in a form: each in a field of its own, {@code part_0} and so on, without a gap. */
public record ThreadParts(List<String> texts) {

    private static final String FIELD = "part_";
    private static final Pattern MOVED = Pattern.compile("(up|down) (\\d{1,2})");

    /** Reads the fields that were sent. */
    static ThreadParts of(Map<String, String> sent) {
        return new ThreadParts(IntStream.range(0, TextKind.MAX_PARTS + 1).mapToObj(i -> FIELD + i)
                .takeWhile(sent::containsKey)
                .map(field -> sent.getOrDefault(field, "").replace("\r\n", "\n"))
                .toList());
    }

    /** Returns what is in the form, of which there is at least one part. */
    public static ThreadParts of(Form form) {
        int parts = 1;
        while (parts < TextKind.MAX_PARTS && form.has(FIELD + parts)) {
            parts++;
        }
        return new ThreadParts(IntStream.range(0, parts).mapToObj(i -> form.value(FIELD + i)).toList());
    }

    public static String field(int part) {
        return FIELD + part;
    }

    /** What stands above a part, such as {@code 1 of 5}. */
    public static String title(int part, int of) {
        return (part + 1) + " of " + of;
    }

    /** The form with these parts. */
    Form in(Form form) {
        Form filled = form;
        for (int i = 0; i < texts.size(); i++) {
            filled = filled.with(field(i), texts.get(i));
        }
        return filled;
    }

    /** Returns the parts after {@code add}, {@code up 2}, {@code down 2} or {@code remove 2}; anything else changes nothing. */
    ThreadParts after(String act) {
        List<String> parts = new ArrayList<>(texts);
        String[] words = act.split(" ", -1);
        int at = words.length == 2 && words[1].matches("\\d{1,2}") ? Integer.parseInt(words[1]) : -1;
        boolean there = at >= 0 && at < parts.size();
        switch (words[0]) {
            case "add" -> {
                if (parts.size() < TextKind.MAX_PARTS) {
                    parts.add("");
                }
            }
            case "up" -> swap(parts, there ? at - 1 : -1);
            case "down" -> swap(parts, there ? at : -1);
            case "remove" -> {
                if (there && parts.size() > 1) {
                    parts.remove(at);
                }
            }
            default -> { }
        }
        return new ThreadParts(parts);
    }

    /** Returns the number of the part that this added or moved, as it is then; empty for none. */
    static String touched(String act, int parts) {
        Matcher moved = MOVED.matcher(act);
        return act.equals("add") ? Integer.toString(parts)
                : !moved.matches() ? "" : Integer.toString(Integer.parseInt(moved.group(2)) + (moved.group(1).equals("up") ? -1 : 1));
    }

    private static void swap(List<String> parts, int first) {
        if (first >= 0 && first + 1 < parts.size()) {
            parts.add(first, parts.remove(first + 1));
        }
    }
}
