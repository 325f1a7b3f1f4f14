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

    static final WordAnalysis OF_TEXTS = new WordAnalysis(true);
    static final WordAnalysis OF_QUERIES = new WordAnalysis(false);

    private final boolean texts;

    /**
     * A word as it is compared.
     *
     * @param pair whether it is two letters of Chinese, Japanese or Korean
     * @param start where it begins in the text, and {@code end} where what follows it begins
     */
    record Word(String letters, boolean pair, int start, int end) {}

    private WordAnalysis(boolean texts) {
        super(new WithoutReuse());
        this.texts = texts;
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
            return new TokenStreamComponents(words, new ForwardOffsets(new CJKBigramFilter(new WordParts(new ICUFoldingFilter(words), texts), CJK, texts)));
        }
        TokenStream content = new StopFilter(new ICUNormalizer2Filter(words), rules.stopWords());
        return new TokenStreamComponents(words, new ForwardOffsets(new ICUFoldingFilter(rules.stems().apply(content))));
    }

    /** The first words of a text in a field. */
    List<Word> words(String field, String text, int limit) {
        List<Word> found = new ArrayList<>();
        try (TokenStream words = tokenStream(field, text)) {
            CharTermAttribute letters = words.addAttribute(CharTermAttribute.class);
            TypeAttribute type = words.addAttribute(TypeAttribute.class);
            OffsetAttribute place = words.addAttribute(OffsetAttribute.class);
            words.reset();
            while (found.size() < limit && words.incrementToken()) {
                found.add(new Word(letters.toString(), type.type().equals(CJKBigramFilter.DOUBLE_TYPE), place.startOffset(), place.endOffset()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
