package social.coral.installation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Detects keys that could be guessed, as far as their text shows. */
final class KeyStrength {

    private static final int MIN_LENGTH = 32;
    private static final int MIN_DISTINCT = 8;
    private static final int MAX_SEQUENCE = 6;
    // Long enough not to occur in a random key by chance.
    private static final List<String> PLACEHOLDERS = List.of(
            "change", "example", "placeholder", "encryption", "secret", "password", "default", "replace", "generate", "supabase", "your-", "your_");

    private KeyStrength() {}

    /** Returns what is wrong with the key, as the predicate of a sentence; empty when it is strong enough. */
    static Optional<String> weakness(String key) {
        if (key.length() < MIN_LENGTH) {
            return Optional.of("is too short (" + key.length() + " characters, at least " + MIN_LENGTH + " are needed)");
        }
        String lower = key.toLowerCase(Locale.ROOT);
        if (PLACEHOLDERS.stream().anyMatch(lower::contains)) {
            return Optional.of("is a known placeholder, or resembles one, and would protect nothing");
        }
        if (key.chars().distinct().count() < MIN_DISTINCT || repeats(key) || longestSequence(key) > MAX_SEQUENCE) {
            return Optional.of("is a pattern that could be guessed");
        }
        return Optional.empty();
    }

    static String fault(String name, String weakness) {
        return name + " " + weakness + ". Create a new one with: openssl rand -hex 32.";
    }

    /** Returns the key. Throws {@link StartFault} when it is weak. */
    static String requireStrong(String name, String value) {
        String key = value.strip();
        weakness(key).ifPresent(weakness -> {
            throw new StartFault(fault(name, weakness));
        });
        return key;
    }

    /** Reports whether the key is a shorter text repeated. */
    private static boolean repeats(String key) {
        return IntStream.rangeClosed(1, key.length() / 2)
                .anyMatch(period -> key.startsWith(key.substring(period)));
    }

    /** Returns the length of the longest run of ascending, descending or equal characters. */
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
