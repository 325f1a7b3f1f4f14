package social.coral.knowledge;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * Lets no word begin before the one ahead of it, which an index refuses. The parts of a word stand where the word begins, so a pair of
 * letters that was begun within it may come too late.
 */
final class ForwardOffsets extends TokenFilter {

    private final OffsetAttribute place = addAttribute(OffsetAttribute.class);
    private int last;

    ForwardOffsets(TokenStream words) {
        super(words);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        last = Math.max(last, place.startOffset());
        place.setOffset(last, Math.max(last, place.endOffset()));
        return true;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        last = 0;
    }
}
