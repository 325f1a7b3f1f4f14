package social.coral.content;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.api.SearchText;
import social.coral.networks.NetworkUser;

/** Reads whose posts a person asks for: a handle, a link to a profile, or words of the name of an account. */
final class AuthorFilter {

    private AuthorFilter() {}

    /** Returns the one handle that was typed, or none. */
    static List<String> handles(@Nullable String typed) {
        String text = typed == null ? "" : typed.strip();
        return Username.isLink(text) || NetworkUser.isHandle(withoutAt(text)) ? List.of(Username.of("author", text).value()) : List.of();
    }

    /** Returns the words that the name of an account has to hold; none where only a handle can be meant. */
    static String[] names(@Nullable String typed) {
        String text = typed == null ? "" : typed.strip();
        String name = withoutAt(text);
        if (text.isEmpty() || Username.isLink(text) || !name.equals(text) && NetworkUser.isHandle(name)) {
            return new String[0];
        }
        if (name.isBlank()) {
            throw Failure.invalid("author", "Enter a handle or a name.");
        }
        return SearchWords.pieces("author", "The author", name);
    }

    private static String withoutAt(String text) {
        return text.startsWith("@") || text.startsWith("＠") ? text.substring(1).strip() : text;
    }

    /** Returns what was typed if it can be searched for; null for nothing. */
    static @Nullable String checked(@Nullable String typed) {
        String text = SearchText.of("author", "The author", typed);
        return text.isEmpty() ? null : text;
    }
}
