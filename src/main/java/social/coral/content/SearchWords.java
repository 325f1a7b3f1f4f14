package social.coral.content;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.api.SearchText;
import social.coral.tenancy.TenantStatement;

/**
 * What a person searches for, in pieces that all have to be found: words, and phrases in quotes; one after a minus must not be. The functions {@code search_text} and
 * {@code search_patterns} of the database say how a piece is compared with a text, because they alone see both in the same form.
 */
final class SearchWords {

    private static final Pattern PIECE = Pattern.compile("-?\"[^\"]*\"|[^\\s\"]+|\"");
    private static final Pattern LEFT_OUT = Pattern.compile("-[^-].*");
    private static final Pattern QUOTES = Pattern.compile("[“”„‟«»＂]");
    private static final int MAX_PIECES = 20;

    /**
     * One more condition on a row: its text holds all pieces bound as {@code :words} and none of {@code :without}. Without the case the server expects a search to
     * match next to nothing, and sorts all of a tenant's rows for each list.
     */
    static final String AND_MATCH =
            """
             and case when search_text ~ all(cast((select public.search_patterns(:words)) as text[]))
              and not search_text ~ any(cast((select public.search_patterns(:without)) as text[])) then true else false end
            """;

    private SearchWords() {}

    /** Binds what was typed to a statement with {@link #AND_MATCH}. */
    static TenantStatement bind(TenantStatement statement, @Nullable String typed) {
        List<String> pieces = List.of(pieces("q", "The search", typed));
        return statement.words(
                pieces.stream().filter(LEFT_OUT.asMatchPredicate().negate()).toArray(String[]::new),
                pieces.stream().filter(LEFT_OUT.asMatchPredicate()).map(piece -> piece.substring(1)).toArray(String[]::new));
    }

    /** Returns the pieces, phrases in their quotes; none for an empty text. */
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
