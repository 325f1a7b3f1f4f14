package social.coral.knowledge;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.ICUNormalizer2Filter;
import org.apache.lucene.analysis.icu.segmentation.DefaultICUTokenizerConfig;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/**
 * Takes a text apart into words, of which those of a language go into a field of their own as stems. Chinese, Japanese and Korean are
 * taken apart into pairs of letters, in the index into single ones too. The signs of tags and handles are no letters.
 */
final class WordAnalysis extends Analyzer {

    /** The field with words as they are written, but for case, accents and the like. */
    static final String PLAIN = "plain";

    private static final String STEMS = "stems.";
    private static final NormalizeCharMap RAISED_AND_LOWERED = raisedAndLowered();
    private static final int CJK = CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA | CJKBigramFilter.KATAKANA | CJKBigramFilter.HANGUL;

    static final WordAnalysis OF_TEXTS = new WordAnalysis(true, true);
    static final WordAnalysis OF_QUERIES = new WordAnalysis(false, false);
    /** The single letters keep what follows a run of them at its distance from the beginning, which is that in a text. */
    static final WordAnalysis OF_PHRASES = new WordAnalysis(false, true);

    private final boolean parts;
    private final boolean singles;

    /**
     * A word as it is compared.
     *
     * @param pair whether it is two letters of Chinese, Japanese or Korean
     * @param position its place among the words; a pair has that of its first letter
     * @param start where it begins in the text, and {@code end} where what follows it begins
     */
    record Word(String letters, boolean pair, int position, int start, int end) {}

    /**
     * @param parts whether the parts of a word with dots and the like are added
     * @param singles whether single letters of Chinese, Japanese and Korean are given beside their pairs
     */
    private WordAnalysis(boolean parts, boolean singles) {
        super(new WithoutReuse());
        this.parts = parts;
        this.singles = singles;
    }

    /** What is reused is kept for each thread and field, and there may be a thousand threads. */
    private static final class WithoutReuse extends ReuseStrategy {
        @Override
        @SuppressWarnings("NullAway") // Lucene asks for null here.
        public TokenStreamComponents getReusableComponents(Analyzer analyzer, String field) {
            return null;
        }

        @Override
        public void setReusableComponents(Analyzer analyzer, String field, TokenStreamComponents components) {}
    }

    /** The digits of CO₂ and m², at which the tokenizer would end the word. A raised 1 is more often that of a footnote. */
    private static NormalizeCharMap raisedAndLowered() {
        NormalizeCharMap.Builder digits = new NormalizeCharMap.Builder();
        digits.add("\u00b2", "2");
        digits.add("\u00b3", "3");
        for (int digit = 0; digit <= 9; digit++) {
            digits.add(Character.toString(0x2080 + digit), Integer.toString(digit));
        }
        return digits.build();
    }

    @Override
    protected Reader initReader(String field, Reader reader) {
        return new MappingCharFilter(RAISED_AND_LOWERED, reader);
    }

    static String stems(String language) {
        return STEMS + language;
    }

    static boolean isStems(String field) {
        return field.startsWith(STEMS);
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer words = new ICUTokenizer(new DefaultICUTokenizerConfig(false, true));
        WordLanguages.Rules rules = isStems(field) ? WordLanguages.of(field.substring(STEMS.length())) : null;
        if (rules == null) {
            return new TokenStreamComponents(words, new ForwardOffsets(new CJKBigramFilter(new WordParts(new ICUFoldingFilter(words), parts), CJK, singles)));
        }
        TokenStream content = new StopFilter(new ICUNormalizer2Filter(words), rules.stopWords());
        return new TokenStreamComponents(words, new ForwardOffsets(new ICUFoldingFilter(rules.stems().apply(content))));
    }

    /** The words of a text in a field, at the first positions up to a limit. */
    List<Word> words(String field, String text, int limit) {
        List<Word> found = new ArrayList<>();
        try (TokenStream words = tokenStream(field, text)) {
            CharTermAttribute letters = words.addAttribute(CharTermAttribute.class);
            TypeAttribute type = words.addAttribute(TypeAttribute.class);
            PositionIncrementAttribute step = words.addAttribute(PositionIncrementAttribute.class);
            OffsetAttribute place = words.addAttribute(OffsetAttribute.class);
            words.reset();
            int position = -1;
            while (words.incrementToken() && (position += step.getPositionIncrement()) < limit) {
                found.add(new Word(letters.toString(), type.type().equals(CJKBigramFilter.DOUBLE_TYPE), position, place.startOffset(), place.endOffset()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
