package social.coral.networks;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of a text, as far as exports of the same post agree in them: some show links as X's pages do ({@code example.org/abc…}), and some
 * leave out the names that a reply begins with.
 *
 * @param names those that it begins with
 * @param words all others
 */
record PostWords(Set<String> names, List<String> words) {

    /** Longer than any link. */
    private static final int MAX_LINK_LENGTH = 2_000;
    private static final Pattern SCHEME = Pattern.compile("(?i)^(?:https?://)?(?:www\\.)?");
    private static final Pattern BARE_LINK = Pattern.compile("[\\p{L}\\p{N}-]++(?:\\.[\\p{L}\\p{N}-]++)++(?::[0-9]{1,5})?(?:[/?#…].*)?", Pattern.DOTALL);
    private static final Pattern SHORT_LINK = Pattern.compile("(?:t\\.co|pic\\.(?:twitter|x)\\.com)/.*", Pattern.DOTALL);

    /** @param text with one space between its words */
    static PostWords of(String text) {
        List<String> all = List.of(text.split(" "));
        int names = 0;
        while (names < all.size() && all.get(names).startsWith("@")) {
            names++;
        }
        return new PostWords(lowered(all.subList(0, names)), all.subList(names, all.size()));
    }

    private static Set<String> lowered(List<String> names) {
        Set<String> lowered = new HashSet<>();
        names.forEach(name -> lowered.add(name.toLowerCase(Locale.ROOT)));
        return lowered;
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
            if (!words.get(i).equals(other.words.get(i)) && !areOneLink(words.get(i), other.words.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean areOneLink(String one, String other) {
        String bare = bare(one);
        String otherBare = bare(other);
        return !bare.isEmpty() && !otherBare.isEmpty()
                && (bare.equals(otherBare) || isCutFrom(bare, otherBare) || isCutFrom(otherBare, bare) || isShortFor(bare, other) || isShortFor(otherBare, one));
    }

    private static boolean isShortFor(String bare, String word) {
        return SHORT_LINK.matcher(bare).matches() && (word.startsWith("http") || word.indexOf('/') > 0);
    }

    private static boolean isCutFrom(String shown, String whole) {
        return shown.endsWith("…") && shown.indexOf('.') > 0 && whole.length() >= shown.length() && whole.startsWith(shown.substring(0, shown.length() - 1));
    }

    /** Returns a link without what pages leave out of it; empty for a word that is no link. */
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
