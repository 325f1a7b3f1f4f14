package social.coral.content;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person searches for, as regular expressions of PostgreSQL that all have to match: each word wherever it stands, in any letter
 * case, with or without accents, as the beginning of a longer word or with another ending. What holds other characters than letters and
 * digits, or stands in quotes, is looked for as it is. PostgreSQL runs these expressions in a time that grows with the text alone.
 */
final class SearchWords {

    private static final Pattern PIECE = Pattern.compile("\"([^\"]+)\"|(\\S+)");
    private static final int MAX_PIECES = 20;

    /** Endings that one word changes for another, in groups; where a word has one, those of its group are tried in its place. */
    private static final List<List<String>> ENDINGS = List.of(
            List.of("ies", "ied", "y"),
            List.of("ings", "ing", "ers", "er", "ed", "es", "e", "s"),
            List.of("ern", "em", "en", "es", "os", "as", "e", "n", "s", "o", "a", "i"));
    private static final int MIN_STEM = 3;

    // To PostgreSQL an underscore is a part of a word.
    private static final String BEGIN = "(?:\\m|_)";
    private static final String END = "(?:\\M|_)";

    /** The letters of which each of a to z is the base, in both cases; letters of other scripts have their two cases only. */
    private static final String[] VARIANTS = variants();

    /**
     * One more condition on a row: its {@code content} matches all patterns bound as {@code :words}. Without the case the server expects
     * a search to match next to nothing, and sorts all of a tenant's rows for each list.
     */
    static final String AND_MATCH = " and case when content ~ all(:words) then true else false end\n";

    private SearchWords() {}

    /** Returns the expressions; none for a text without words. */
    static String[] patterns(@Nullable String typed) {
        Set<String> patterns = new LinkedHashSet<>();
        Matcher piece = PIECE.matcher(typed == null ? "" : Normalizer.normalize(typed, Normalizer.Form.NFC));
        while (piece.find() && patterns.size() < MAX_PIECES) {
            String quoted = piece.group(1);
            String word = quoted == null ? piece.group(2) : quoted.strip().replaceAll("\\s+", " ");
            patterns.add(quoted == null && word.codePoints().allMatch(SearchWords::isPartOfWord) ? word(folded(word)) : letters(folded(word)));
        }
        return patterns.toArray(String[]::new);
    }

    private static boolean isPartOfWord(int point) {
        return Character.isLetterOrDigit(point) || Character.getType(point) == Character.NON_SPACING_MARK
                || Character.getType(point) == Character.COMBINING_SPACING_MARK;
    }

    /** Scripts that write no space between words, or put articles before them, have no beginning of a word that could be relied on. */
    private static String word(String word) {
        if (!word.codePoints().allMatch(SearchWords::standsAlone)) {
            return letters(word);
        }
        List<String> forms = new ArrayList<>(List.of(letters(word)));
        for (List<String> group : isPlain(word) ? ENDINGS : List.<List<String>>of()) {
            group.stream()
                    .filter(ending -> word.endsWith(ending) && word.length() - ending.length() >= MIN_STEM)
                    .findFirst()
                    .ifPresent(ending -> forms.add(stem(word.substring(0, word.length() - ending.length()))
                            + "(?:" + group.stream().map(SearchWords::letters).collect(Collectors.joining("|")) + ")?" + END));
        }
        return BEGIN + "(?:" + String.join("|", forms) + ")";
    }

    private static boolean isPlain(String word) {
        return word.chars().allMatch(letter -> letter >= 'a' && letter <= 'z');
    }

    /** A last letter that is doubled may stand once, and the other way round: run, running. */
    private static String stem(String stem) {
        String last = stem.substring(stem.length() - 1);
        boolean doubled = stem.charAt(stem.length() - 2) == last.charAt(0);
        return letters(doubled ? stem.substring(0, stem.length() - 1) : stem) + "(?:" + letters(last) + ")?";
    }

    private static boolean standsAlone(int point) {
        return switch (Character.UnicodeScript.of(point)) {
            case LATIN, GREEK, CYRILLIC, ARMENIAN, GEORGIAN, HANGUL, COMMON -> true;
            default -> false;
        };
    }

    /** Each letter as all that it may be written as. */
    private static String letters(String text) {
        StringBuilder pattern = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point >= 'a' && point <= 'z') {
                pattern.append('[').append(VARIANTS[point - 'a']).append("][\u0300-\u036f]*");
            } else if (Character.isLetter(point)) {
                int upper = Character.toUpperCase(point);
                pattern.append('[').appendCodePoint(point).append(upper == point ? "" : Character.toString(upper)).append(']');
            } else if (Character.isDigit(point) || Character.isWhitespace(point)) {
                pattern.append(Character.isWhitespace(point) ? "\\s+" : Character.toString(point));
            } else {
                pattern.append(point < 128 ? "\\" : "").appendCodePoint(point);
            }
        });
        return pattern.toString();
    }

    /** In lower case, and letters of the Latin script without their accents. */
    private static String folded(String text) {
        StringBuilder folded = new StringBuilder();
        text.toLowerCase(Locale.ROOT).codePoints().forEach(point -> {
            String base = base(point);
            if (base == null) {
                folded.appendCodePoint(point);
            } else {
                folded.append(base);
            }
        });
        return folded.toString();
    }

    /** Returns the letter from a to z that this is a variant of; an empty text for a mark of its own, null for what is no variant. */
    private static @Nullable String base(int point) {
        if (point >= 0x300 && point <= 0x36f) {
            return "";
        }
        String plain = switch (point) {
            case 'ı' -> "i";
            case 'ø', 'Ø' -> "o";
            case 'ł', 'Ł' -> "l";
            case 'đ', 'Đ' -> "d";
            default -> Normalizer.normalize(Character.toString(point), Normalizer.Form.NFD).replaceAll("[\u0300-\u036f]", "").toLowerCase(Locale.ROOT);
        };
        return plain.length() == 1 && plain.charAt(0) >= 'a' && plain.charAt(0) <= 'z' ? plain : null;
    }

    private static String[] variants() {
        String[] variants = new String[26];
        Arrays.fill(variants, "");
        for (int point = 'A'; point < 0x1f00; point++) {
            String base = Character.isLetter(point) ? base(point) : null;
            if (base != null) {
                variants[base.charAt(0) - 'a'] += Character.toString(point);
            }
        }
        return variants;
    }
}
