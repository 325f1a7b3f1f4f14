package social.coral.content;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** Finds the quotations in a text, in the marks of many languages, and in Markdown the lines that are quoted as a whole. */
final class Quotations {

    private static final Pattern QUOTED_LINE = Pattern.compile("(?m)^ {0,3}> ?(\\S.{0,600})");
    private static final String OPENING = "“„”«»‹›‘‚'「『《〈〝\"";
    private static final String PUNCTUATION = ".,;:!?)]}%";
    private static final int LONGEST = 600;

    private final String text;

    private Quotations(String text) {
        this.text = text;
    }

    /** A quotation with its marks, or a quoted line. */
    record Found(int start, int end) {}

    /** @param isTaken whether a character belongs to something else, such as a link */
    static List<Found> in(String text, boolean markdown, IntPredicate isTaken) {
        Quotations quotations = new Quotations(text);
        List<Found> found = new ArrayList<>();
        if (markdown) {
            QUOTED_LINE.matcher(text).results().filter(line -> OPENING.indexOf(text.charAt(line.start(1))) < 0)
                    .forEach(line -> found.add(new Found(line.start(1), line.end(1))));
        }
        for (int at = 0; at < text.length(); at++) {
            boolean opens = OPENING.indexOf(text.charAt(at)) >= 0 && !isTaken.test(at) && quotations.opens(at);
            int end = opens ? quotations.end(at) : at;
            if (end > at) {
                found.add(new Found(at, end));
                at = end - 1;
            }
        }
        return found;
    }

    /** A mark that is an apostrophe or closes elsewhere opens a quotation only where a word begins. */
    private boolean opens(int at) {
        return "”›‘'".indexOf(text.charAt(at)) < 0
                || (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)) && PUNCTUATION.indexOf(text.charAt(at - 1)) < 0)
                && at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1));
    }

    /** Returns the place behind the mark that closes a quotation; the given one if none does. */
    private int end(int opening) {
        char mark = text.charAt(opening);
        String closing = switch (mark) {
            case '“', '”' -> "”";
            case '„' -> "“”\"";
            case '«' -> "»";
            case '»' -> "«";
            case '‹' -> "›";
            case '›' -> "‹";
            case '‘' -> "’";
            case '‚' -> "‘’";
            case '\'' -> "'";
            case '「' -> "」";
            case '『' -> "』";
            case '《' -> "》";
            case '〈' -> "〉";
            case '〝' -> "〞〟";
            default -> "\"";
        };
        boolean single = "‘‚'".indexOf(mark) >= 0;
        for (int at = opening + 1; at < Math.min(text.length(), opening + LONGEST); at++) {
            if (closing.indexOf(text.charAt(at)) >= 0 && !(single && isApostrophe(opening, at))) {
                return at + 1;
            }
            if (text.charAt(at) == '\n' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                return single || mark == '"' ? opening : at;
            }
        }
        // One that nobody closes, or that is very long, is a quotation all the same.
        return single || "\"”»›".indexOf(mark) >= 0 ? opening : Math.min(text.length(), opening + LONGEST);
    }

    /** A word goes on behind it, or it stands around one word, as in rock 'n' roll. */
    private boolean isApostrophe(int opening, int at) {
        return at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1))
                || text.charAt(opening) == '\'' && text.substring(opening, at).indexOf(' ') < 0;
    }
}
