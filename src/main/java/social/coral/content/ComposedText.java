package social.coral.content;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text in Unicode's composed form (NFC). */
final class ComposedText {

    // Java sorts the marks on one letter in quadratic time. Unicode's stream-safe format allows thirty marks on a letter;
    // marks beyond twice that number are composed among themselves.
    private static final Pattern BOUNDED = Pattern.compile("(?s)(?:\\P{M}++\\p{M}{0,60}+|\\p{M}{1,60}+)");
    private static final Pattern CROWDED = Pattern.compile("\\p{M}{61}");

    private ComposedText() {}

    static String of(String text) {
        if (!CROWDED.matcher(text).find()) {
            return Normalizer.normalize(text, Normalizer.Form.NFC);
        }
        StringBuilder composed = new StringBuilder(text.length());
        Matcher pieces = BOUNDED.matcher(text);
        while (pieces.find()) {
            composed.append(Normalizer.normalize(pieces.group(), Normalizer.Form.NFC));
        }
        return composed.toString();
    }
}
