package social.coral.content;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.api.Choice;
import social.coral.api.SearchText;
import social.coral.content.CollectedPost.Source;
import social.coral.content.CollectedPost.Status;

/**
 * Which collected posts are meant; null means all.
 *
 * @param author a handle, a link to a profile, or words of the name of an account
 * @param authors the handles that {@code author} means, once they were looked up
 * @param words what is searched for in the text; see {@link SearchWords}
 * @param source whether it was collected or imported; what was both is found as either
 * @param importId the import that it came with
 * @param since only what was written at that time or later
 */
public record PostFilter(
        @Nullable Status status,
        @Nullable String author,
        List<String> authors,
        @Nullable String words,
        @Nullable Source source,
        @Nullable UUID importId,
        @Nullable Instant since) {

    private static final Pattern FROM = Pattern.compile("(?i)(?<!\\S)from:@?(\\w{1,15})(?!\\S)");

    public static final PostFilter ALL = new PostFilter(null, null, List.of(), null, null, null, null);

    /** Reads the parameters of a request; an empty one is no filter. Without an author, {@code from:handle} among the words names one, as on X. */
    public static PostFilter of(@Nullable String status, @Nullable String author, @Nullable String words) {
        String by = AuthorFilter.checked(author);
        Matcher from = FROM.matcher(SearchText.of("q", "The search", words));
        boolean names = by == null && from.find();
        return new PostFilter(
                status == null || status.isBlank() ? null : status(status), names ? "@" + from.group(1) : by, List.of(),
                names ? from.replaceFirst("") : words, null, null, null);
    }

    /** The same, and only what was written at that time or later. */
    public PostFilter since(@Nullable Instant earliest) {
        return new PostFilter(status, author, authors, words, source, importId, earliest);
    }

    /** The same with the handles that its author means. */
    PostFilter by(List<String> handles) {
        return new PostFilter(status, author, handles, words, source, importId, since);
    }

    /** The same, and only what came that way. */
    public PostFilter from(@Nullable Source way) {
        return new PostFilter(status, author, authors, words, way, importId, since);
    }

    /** The same, and only what came with that import. */
    public PostFilter ofImport(@Nullable UUID postImport) {
        return new PostFilter(status, author, authors, words, source, postImport, since);
    }

    /** A way that a request names; null for none. */
    public static @Nullable Source source(@Nullable String name) {
        return name == null || name.isBlank() ? null : Choice.of("source", "source", name, List.of(Source.values()));
    }

    private static Status status(String name) {
        return Choice.of("status", "status", name, List.of(Status.values()));
    }
}
