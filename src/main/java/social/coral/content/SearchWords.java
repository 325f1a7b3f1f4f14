package social.coral.content;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.api.SearchText;

/**
 * What a person searches for, in pieces that all have to be found: words, and phrases in quotes. The functions {@code search_text} and
 * {@code search_patterns} of the database say how a piece is compared with a text, because they alone see both in the same form.
 */
final class SearchWords {

    private static final Pattern PIECE = Pattern.compile("\"[^\"]*\"|[^\\s\"]+|\"");
    private static final Pattern QUOTES = Pattern.compile("[“”„‟«»＂]");
    private static final int MAX_PIECES = 20;

    /**
     * One more condition on a row: its text holds all pieces bound as {@code :words}. Without the case the server expects a search to
     * match next to nothing, and sorts all of a tenant's rows for each list.
     */
    static final String AND_MATCH =
            " and case when search_text ~ all(cast((select public.search_patterns(:words)) as text[])) then true else false end\n";

    private SearchWords() {}

    /** Returns the pieces, phrases in their quotes; none for an empty text. */
    static String[] pieces(@Nullable String typed) {
        return pieces("q", "The search", typed);
    }

    /** As {@link #pieces(String)}, for another field than the search. */
    static String[] pieces(String field, String label, @Nullable String typed) {
        List<String> pieces = new ArrayList<>();
        Matcher piece = PIECE.matcher(QUOTES.matcher(SearchText.of(field, label, typed)).replaceAll("\""));
        while (piece.find()) {
            pieces.add(piece.group());
        }
        if (pieces.size() > MAX_PIECES) {
            throw Failure.invalid(field, label + " can have at most " + MAX_PIECES + " words.");
        }
        return pieces.toArray(String[]::new);
    }
}
