package social.coral.knowledge;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.ICUNormalizer2Filter;
import org.apache.lucene.analysis.icu.segmentation.DefaultICUTokenizerConfig;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.jspecify.annotations.Nullable;

/** The words of a text in forms in which they can be compared: as the indexes take them apart, with all words that say little. */
public final class WordForms {

    private static final int MAX_WORDS = 20_000;

    /**
     * One word.
     *
     * @param folded without case, accents and the like
     * @param stem what its forms share; the folded word in a language without stems
     */
    public record Word(int start, int end, String folded, String stem) {

        /** Reports whether two words are forms of one. */
        public boolean isFormOf(Word other) {
            return folded.equals(other.folded) || stem.equals(other.stem);
        }
    }

    private record Token(int start, int end, String letters) {}

    private WordForms() {}

    /** Returns the first 20,000 words of a text in a language, given as a tag such as {@code de-CH}. */
    public static List<Word> of(String text, @Nullable String language) {
        // Two words with such a sign between them are one for the tokenizer. Places in the text stay what they are.
        String parted = text.replaceAll("[._:]", " ");
        String known = WordLanguages.known(language);
        WordLanguages.Rules rules = known == null ? null : WordLanguages.of(known);
        List<Token> plain = tokens(parted, ICUFoldingFilter::new);
        List<Token> stems = rules == null ? plain : tokens(parted, words -> new ICUFoldingFilter(rules.stems().apply(new ICUNormalizer2Filter(words))));
        List<Word> words = new ArrayList<>();
        int at = 0;
        for (Token word : plain) {
            while (at < stems.size() && stems.get(at).start() < word.start()) {
                at++;
            }
            boolean hasStem = at < stems.size() && stems.get(at).start() == word.start() && !stems.get(at).letters().isEmpty();
            if (!word.letters().isEmpty()) {
                words.add(new Word(word.start(), word.end(), word.letters(), hasStem ? stems.get(at).letters() : word.letters()));
            }
        }
        return words;
    }

    private static List<Token> tokens(String text, UnaryOperator<TokenStream> filters) {
        List<Token> found = new ArrayList<>();
        Tokenizer tokenizer = new ICUTokenizer(new DefaultICUTokenizerConfig(false, true));
        tokenizer.setReader(new StringReader(text));
        try (TokenStream words = filters.apply(tokenizer)) {
            CharTermAttribute letters = words.addAttribute(CharTermAttribute.class);
            OffsetAttribute place = words.addAttribute(OffsetAttribute.class);
            words.reset();
            while (found.size() < MAX_WORDS && words.incrementToken()) {
                found.add(new Token(place.startOffset(), place.endOffset(), letters.toString()));
            }
            words.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
