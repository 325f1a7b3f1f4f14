package social.coral.knowledge;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes texts apart into the pieces of words that BERT's uncased models know. */
final class WordPieces {

    private static final String INSIDE = "##";
    private static final String ASCII_SIGNS = "$+<=>^`|~";
    private static final int MAX_WORD = 100;
    private static final int REPLACEMENT = 0xfffd;

    private final Map<String, Integer> vocabulary;
    private final long start;
    private final long end;
    private final long unknown;

    WordPieces(Map<String, Integer> vocabulary) {
        this.vocabulary = vocabulary;
        start = special("[CLS]");
        end = special("[SEP]");
        unknown = special("[UNK]");
    }

    private long special(String name) {
        Integer id = vocabulary.get(name);
        if (id == null) {
            throw new IllegalArgumentException("The vocabulary has no " + name + ".");
        }
        return id;
    }

    /** The ids of a text's pieces between those of its start and end, at most as many as {@code limit}. */
    long[] ids(String text, int limit) {
        List<Long> ids = new ArrayList<>();
        ids.add(start);
        for (String word : spaced(text).split(" ")) {
            if (!word.isEmpty() && ids.size() < limit) {
                addPieces(word, ids);
            }
        }
        long[] bounded = ids.stream().limit(limit).mapToLong(Long::longValue).toArray();
        if (bounded.length < limit) {
            bounded = Arrays.copyOf(bounded, bounded.length + 1);
        }
        bounded[bounded.length - 1] = end;
        return bounded;
    }

    /** How much of a text is in words that the vocabulary has as a whole, from 0 to 1; 1 for a text without letters. */
    double known(String text) {
        int letters = 0;
        int known = 0;
        for (String word : spaced(text).split(" ")) {
            int length = (int) word.codePoints().filter(Character::isLetterOrDigit).count();
            letters += length;
            known += length > 1 && vocabulary.containsKey(word) ? length : 0;
        }
        return letters == 0 ? 1 : (double) known / letters;
    }

    /** The words in lower case and without accents; ideographs and punctuation are words of their own. */
    private static String spaced(String text) {
        StringBuilder words = new StringBuilder(text.length());
        Normalizer.normalize(cleaned(text), Normalizer.Form.NFD).codePoints().filter(letter -> Character.getType(letter) != Character.NON_SPACING_MARK)
                .forEach(letter -> {
                    if (isPunctuation(letter)) {
                        words.append(' ').appendCodePoint(letter).append(' ');
                    } else {
                        words.appendCodePoint(Character.toLowerCase(letter));
                    }
                });
        return words.toString();
    }

    private static String cleaned(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(letter -> {
            if (letter == '\t' || letter == '\n' || letter == '\r' || Character.isSpaceChar(letter)) {
                clean.append(' ');
            } else if (isIdeograph(letter)) {
                clean.append(' ').appendCodePoint(letter).append(' ');
            } else if (letter != REPLACEMENT && !isControl(letter)) {
                clean.appendCodePoint(letter);
            }
        });
        return clean.toString();
    }

    private static boolean isControl(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static boolean isPunctuation(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION, Character.START_PUNCTUATION, Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION, Character.OTHER_PUNCTUATION -> true;
            default -> ASCII_SIGNS.indexOf(letter) >= 0;
        };
    }

    private static boolean isIdeograph(int letter) {
        return letter >= 0x4E00 && letter <= 0x9FFF || letter >= 0x3400 && letter <= 0x4DBF || letter >= 0x20000 && letter <= 0x2A6DF
                || letter >= 0x2A700 && letter <= 0x2B81F || letter >= 0x2B920 && letter <= 0x2CEAF || letter >= 0xF900 && letter <= 0xFAFF
                || letter >= 0x2F800 && letter <= 0x2FA1F;
    }

    /** Adds the longest piece that the word begins with, then the longest behind it, and so on; unknown if there is none. */
    private void addPieces(String word, List<Long> ids) {
        List<Long> pieces = new ArrayList<>();
        if (word.codePointCount(0, word.length()) <= MAX_WORD) {
            for (int from = 0; from < word.length(); ) {
                int to = word.length();
                @Nullable Integer piece = vocabulary.get(piece(word, from, to));
                while (piece == null && to > from + 1) {
                    piece = vocabulary.get(piece(word, from, --to));
                }
                if (piece == null) {
                    ids.add(unknown);
                    return;
                }
                pieces.add((long) piece);
                from = to;
            }
        } else {
            pieces.add(unknown);
        }
        ids.addAll(pieces);
    }

    private static String piece(String word, int from, int to) {
        return from == 0 ? word.substring(0, to) : INSIDE + word.substring(from, to);
    }
}
