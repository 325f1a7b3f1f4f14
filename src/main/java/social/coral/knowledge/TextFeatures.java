package social.coral.knowledge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
     * @param words each stem with the word that it came from, without those that every text of the language has
     */
    public record Features(String same, Map<String, String> words) {}

    /**
     * Returns the features of a text.
     *
     * @param language a language tag; null when it is not known
     */
    public static Features of(String text, @Nullable String language) {
        Map<String, String> words = new LinkedHashMap<>();
        String rules = WordLanguages.known(language == null ? "en" : language);
        for (WordAnalysis.Word word : WordAnalysis.OF_QUERIES.words(WordAnalysis.PLAIN, NOT_SAID.matcher(text).replaceAll(" "), MAX_WORDS)) {
            String letters = word.letters();
            if (letters.codePointCount(0, letters.length()) < 2 || letters.chars().noneMatch(Character::isLetter)) {
                continue;
            }
            if (word.pair() || rules == null) {
                words.putIfAbsent(letters, letters);
            } else {
                WordAnalysis.OF_QUERIES.words(WordAnalysis.stems(rules), letters, 1).forEach(stem -> words.putIfAbsent(stem.letters(), letters));
            }
        }
        return new Features(SameText.key(text), words);
    }

    /** The vectors, of length 1, of those texts that the model which answers searches has read; all have one width. */
    public Map<UUID, float[]> vectors(String kind, Collection<UUID> texts) {
        Optional<Generation> asked = generations.toAsk().stream().findFirst();
        Map<UUID, float[]> found = new HashMap<>();
        List<UUID> all = List.copyOf(texts);
        for (int from = 0; asked.isPresent() && from < all.size(); from += AT_ONCE) {
            found.putAll(vectors.ofBeginnings(asked.get().number(), kind, new ArrayList<>(all.subList(from, Math.min(from + AT_ONCE, all.size())))));
        }
        return found;
    }
}
