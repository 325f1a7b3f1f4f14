package social.coral.installation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Tells a key that could be guessed from one that could not, as far as its text alone shows. */
final class KeyStrength {

    private static final int LEAST_LENGTH = 32;
    private static final int LEAST_DISTINCT = 8;
    private static final int LONGEST_SEQUENCE = 6;
    // Long enough that a random key does not hold one by chance.
    private static final List<String> PLACEHOLDERS = List.of(
            "change", "example", "placeholder", "encryption", "secret", "password", "default", "replace", "generate", "supabase", "your-", "your_");

    private KeyStrength() {}

    /** What is wrong with the key, to follow its name in a sentence; empty when it will do. */
    static Optional<String> weakness(String key) {
        if (key.length() < LEAST_LENGTH) {
            return Optional.of("is too short (" + key.length() + " characters, at least " + LEAST_LENGTH + " are needed)");
        }
        String lower = key.toLowerCase(Locale.ROOT);
        if (PLACEHOLDERS.stream().anyMatch(lower::contains)) {
            return Optional.of("is a known placeholder, or close to one, and would protect nothing");
        }
        if (key.chars().distinct().count() < LEAST_DISTINCT || repeats(key) || longestSequence(key) > LONGEST_SEQUENCE) {
            return Optional.of("is a pattern that could be guessed");
        }
        return Optional.empty();
    }

    /** The key, or a {@link StartFault} that says what is wrong with the one of this name, and how to make one. */
    static String accepted(String name, String value) {
        String key = value.strip();
        weakness(key).ifPresent(weakness -> {
            throw new StartFault(name + " " + weakness + "; make one with: openssl rand -hex 32");
        });
        return key;
    }

    /** Whether it is a shorter text over and over. */
    private static boolean repeats(String key) {
        return IntStream.rangeClosed(1, key.length() / 2)
                .anyMatch(period -> key.startsWith(key.substring(period)));
    }

    /** The longest stretch that counts up, counts down or stands still. */
    private static int longestSequence(String key) {
        int longest = 1;
        for (int step = -1; step <= 1; step++) {
            int length = 1;
            for (int i = 1; i < key.length(); i++) {
                length = key.charAt(i) - key.charAt(i - 1) == step ? length + 1 : 1;
                longest = Math.max(longest, length);
            }
        }
        return longest;
    }
}
