package social.coral.knowledge;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells texts that say the same in nearly the same words: by the words they share, links and names of people apart. */
record Resemblance(Set<String> words) {

    private static final Pattern ADDED = Pattern.compile("https?://\\S++|@\\w{1,15}+");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]++");
    private static final double SHARED = 0.85;
    private static final int FEW = 4;

    static Resemblance of(String text) {
        Set<String> words = new HashSet<>();
        for (String word : BETWEEN.split(ADDED.matcher(text).replaceAll(" "))) {
            if (!word.isEmpty()) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return new Resemblance(words);
    }

    boolean isLike(Resemblance other) {
        if (words.size() < FEW || other.words.size() < FEW) {
            return !words.isEmpty() && words.equals(other.words);
        }
        Set<String> shared = new HashSet<>(words);
        shared.retainAll(other.words);
        return shared.size() >= SHARED * (words.size() + other.words.size() - shared.size());
    }
}
