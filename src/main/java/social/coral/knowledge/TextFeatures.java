package social.coral.knowledge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What texts of the current tenant are compared by: what they say, the words in it, and their vectors where a model has made them. */
@Component
public class TextFeatures {

    private static final Pattern NOT_SAID = Pattern.compile("https?://\\S++|(?<![\\p{L}\\p{N}_])@\\w{1,15}+|^RT ");
    private static final int MAX_WORDS = 200;
    private static final int AT_ONCE = 500;

    private final Generations generations;
    private final VectorRows vectors;

    TextFeatures(Generations generations, VectorRows vectors) {
        this.generations = generations;
        this.vectors = vectors;
    }

    /**
     * What one text is compared by.
     *
     * @param same equal for texts that say the same in the same words
     * @param said the text without links, and without the names it is addressed to
     * @param words its words in their order, without those that every text of the language has
     */
    public record Features(String same, String said, List<Word> words) {}

    /**
     * A word.
     *
     * @param stem equal for the forms of a word
     * @param start where it begins in what is said, and {@code end} where what follows it begins
     */
    public record Word(String stem, int start, int end) {}

    /**
     * Returns the features of a text.
     *
     * @param language a language tag; null when it is not known
     */
    public static Features of(String text, @Nullable String language) {
        String said = NOT_SAID.matcher(text).replaceAll(" ");
        String rules = WordLanguages.known(language == null ? "en" : language);
        List<Word> words = new ArrayList<>();
        for (WordAnalysis.Word word : WordAnalysis.OF_QUERIES.words(WordAnalysis.PLAIN, said, MAX_WORDS)) {
            if (word.pair() || rules == null && isWord(word.letters())) {
                words.add(new Word(word.letters(), word.start(), word.end()));
            }
        }
        if (rules != null) {
            for (WordAnalysis.Word word : WordAnalysis.OF_QUERIES.words(WordAnalysis.stems(rules), said, MAX_WORDS)) {
                if (isWord(word.letters())) {
                    words.add(new Word(word.letters(), word.start(), word.end()));
                }
            }
            words.sort(Comparator.comparingInt(Word::start));
        }
        return new Features(SameText.key(text), said, words);
    }

    private static boolean isWord(String letters) {
        return letters.codePointCount(0, letters.length()) > 1 && letters.codePoints().anyMatch(Character::isLetter);
    }

    /** The vectors, of length 1, of those texts that the model which answers searches has read; all have one width. */
    public Map<UUID, float[]> vectors(String kind, Collection<UUID> texts) {
        Optional<Generation> asked = generations.toAsk().stream().findFirst();
        Map<UUID, float[]> found = new HashMap<>();
        List<UUID> all = List.copyOf(texts);
        for (int from = 0; asked.isPresent() && from < all.size(); from += AT_ONCE) {
            found.putAll(vectors.ofBeginnings(asked.get().number(), kind, all.subList(from, Math.min(from + AT_ONCE, all.size()))));
        }
        return found;
    }
}
