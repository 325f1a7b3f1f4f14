package social.coral.knowledge;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/**
 * Adds the parts of a host, a handle or another word with dots, underscores, colons or apostrophes in it, at the same position: of
 * {@code www.example.com} also {@code example.com} and {@code example}.
 */
final class WordParts extends TokenFilter {

    private static final String WWW = "www.";
    private static final String SEPARATORS = "[._:'\u2019]+";
    private static final int MAX_PARTS = 8;

    private final boolean adds;
    private final CharTermAttribute letters = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute position = addAttribute(PositionIncrementAttribute.class);
    private final Deque<String> parts = new ArrayDeque<>();
    private State whole = captureState();

    /** @param adds false for what is searched for, which is meant as it is, but for a leading {@code www.} */
    WordParts(TokenStream words, boolean adds) {
        super(words);
        this.adds = adds;
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!parts.isEmpty()) {
            restoreState(whole);
            letters.setEmpty().append(parts.remove());
            position.setPositionIncrement(0);
            return true;
        }
        if (!input.incrementToken()) {
            return false;
        }
        String word = letters.toString();
        if (!adds && word.startsWith(WWW) && word.length() > WWW.length()) {
            letters.setEmpty().append(word, WWW.length(), word.length());
        } else if (adds && !word.toLowerCase(Locale.ROOT).equals(word.toUpperCase(Locale.ROOT))) {
            parts.addAll(parts(word));
            whole = captureState();
        }
        return true;
    }

    private static Set<String> parts(String word) {
        String[] pieces = word.split(SEPARATORS, MAX_PARTS);
        Set<String> parts = new LinkedHashSet<>();
        if (pieces.length > 1) {
            int start = 0;
            for (String piece : pieces) {
                parts.add(piece);
                start = word.indexOf(piece, start);
                parts.add(word.substring(start));
                start += piece.length();
            }
            parts.remove("");
            parts.remove(word);
        }
        return parts;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        parts.clear();
    }
}
