package social.coral.networks;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of a text, as far as exports of the same post agree in them: some show links as X's pages do ({@code example.org/abc…}), and some
 * leave out the names that a reply begins with.
 *
 * @param names those that it begins with
 * @param words all others
 */
record PostWords(Set<String> names, List<Word> words) {

    /**
     * A word, which is prepared here because many are compared with many.
     *
     * @param link the word without what pages leave out of links; empty for a word that is none
     */
    private record Word(String text, String link, boolean isShortLink) {

        static Word of(String text) {
            String link = bare(text);
            return new Word(text, link, SHORT_LINK.matcher(link).matches());
        }

        boolean agreesWith(Word other) {
            return text.equals(other.text) || isLink() && other.isLink()
                    && (link.equals(other.link) || isCutFrom(other) || other.isCutFrom(this) || isShortFor(other) || other.isShortFor(this));
        }

        private boolean isLink() {
            return !link.isEmpty();
        }

        private boolean isShortFor(Word other) {
            return isShortLink && (other.text.startsWith("http") || other.text.indexOf('/') > 0);
        }

        private boolean isCutFrom(Word whole) {
            return link.endsWith("…") && link.indexOf('.') > 0 && whole.link.length() >= link.length() && whole.link.startsWith(link.substring(0, link.length() - 1));
        }
    }

    /** Longer than any link. */
    private static final int MAX_LINK_LENGTH = 2_000;
    private static final Pattern SCHEME = Pattern.compile("(?i)^(?:https?://)?(?:www\\.)?");
    private static final Pattern BARE_LINK = Pattern.compile("[\\p{L}\\p{N}-]++(?:\\.[\\p{L}\\p{N}-]++)++(?::[0-9]{1,5})?(?:[/?#…].*)?", Pattern.DOTALL);
    private static final Pattern SHORT_LINK = Pattern.compile("(?:t\\.co|pic\\.(?:twitter|x)\\.com)/.*", Pattern.DOTALL);
    private static final String ANY_LINK = "\0";

    /** @param text with one space between its words */
    static PostWords of(String text) {
        List<Word> all = Stream.of(text.split(" ")).map(Word::of).toList();
        int names = 0;
        while (names < all.size() && all.get(names).text().startsWith("@")) {
            names++;
        }
        return new PostWords(all.subList(0, names).stream().map(name -> name.text().toLowerCase(Locale.ROOT)).collect(Collectors.toSet()), all.subList(names, all.size()));
    }

    /** Returns the words without links at the end, and with one mark for each other link. Texts whose words agree have the same. */
    String withoutLinks() {
        int end = words.size();
        while (end > 0 && isAnyLink(words.get(end - 1))) {
            end--;
        }
        return words.subList(0, end).stream().map(word -> isAnyLink(word) ? ANY_LINK : word.text()).collect(Collectors.joining(" "));
    }

    private static boolean isAnyLink(Word word) {
        return word.isLink() || word.text().equals(ANY_LINK);
    }

    /** Reports whether nothing but the writing of links and the names at the beginning differs. */
    boolean agreeWith(PostWords other) {
        return words.size() == other.words.size() && agree(other, words.size());
    }

    /** Reports whether all but the last word agree, in the middle of which this text or the other may end. */
    boolean beginLike(PostWords other) {
        int both = Math.min(words.size(), other.words.size()) - 1;
        return both > 0 && agree(other, both);
    }

    private boolean agree(PostWords other, int length) {
        if (length == 0 || !names.containsAll(other.names) && !other.names.containsAll(names)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!words.get(i).agreesWith(other.words.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String bare(String word) {
        if (word.length() > MAX_LINK_LENGTH || word.indexOf('.') < 0) {
            return "";
        }
        String bare = SCHEME.matcher(word).replaceFirst("");
        bare = bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
        int path = bare.indexOf('/');
        return !BARE_LINK.matcher(bare).matches() ? "" : path < 0 ? bare.toLowerCase(Locale.ROOT) : bare.substring(0, path).toLowerCase(Locale.ROOT) + bare.substring(path);
    }
}
