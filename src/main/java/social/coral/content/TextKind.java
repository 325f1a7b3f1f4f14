package social.coral.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;

/** The kinds of text that pass review before they go out. */
public enum TextKind {
    BLOG("blogs", "blog", "blog post", 40_000),
    THREAD("tweet_threads", "thread", "thread", 50_000),
    REPLY("replies", "reply", "reply", PostText.MAX_CHARACTERS),
    TWEET("tweets", "post", "post", PostText.MAX_CHARACTERS);

    /** The most parts that a thread can have. */
    public static final int MAX_PARTS = 25;

    private static final int MAX_TITLE = 200;

    private final String table;
    private final String thing;
    private final String noun;
    private final int mostCharacters;

    /**
     * @param thing the word for it in the audit
     * @param noun what people call it, after "a"
     * @param mostCharacters of the whole text, while it is a draft
     */
    TextKind(String table, String thing, String noun, int mostCharacters) {
        this.table = table;
        this.thing = thing;
        this.noun = noun;
        this.mostCharacters = mostCharacters;
    }

    String table() {
        return table;
    }

    String thing() {
        return thing;
    }

    /** What people call it, after "a" or "this". */
    public String noun() {
        return noun;
    }

    /** Returns the title as it is kept: a blog post needs one, a thread may have one, and the others have none. */
    @Nullable String title(@Nullable String typed) {
        String title = typed == null ? "" : ComposedText.of(typed.strip());
        if (title.isEmpty() && this != BLOG) {
            return null;
        }
        if (title.codePoints().allMatch(PostText::isInvisible)) {
            throw Failure.invalid("title", "Enter a title.");
        }
        if (title.length() > MAX_TITLE) {
            throw Failure.invalid("title", "The title has " + title.length() + " characters; at most " + MAX_TITLE + " are allowed.");
        }
        PostText.refuseForbidden("title", title);
        if (title.indexOf('\n') >= 0 || title.indexOf('\r') >= 0) {
            throw Failure.invalid("title", "A title is a single line.");
        }
        return title;
    }

    /** Returns the parts as a draft keeps them; each may still be too long to go out. All but threads have one part. */
    List<String> parts(List<String> typed) {
        if (this != THREAD) {
            return List.of(PostText.kept("content", typed.isEmpty() ? null : typed.getFirst(), mostCharacters));
        }
        if (typed.isEmpty() || typed.size() > MAX_PARTS) {
            throw Failure.invalid("parts", "A thread has 1 to " + MAX_PARTS + " parts.");
        }
        List<String> parts = new ArrayList<>();
        for (String part : typed) {
            parts.add(PostText.kept(field(parts.size()), part));
        }
        int characters = parts.stream().mapToInt(String::length).sum();
        if (characters > mostCharacters) {
            throw Failure.invalid("parts", String.format(Locale.ROOT, "This thread has %,d characters; the limit is %,d.", characters, mostCharacters));
        }
        return List.copyOf(parts);
    }

    /** Refuses what is too long for X; blog posts do not go there. */
    void mustFit(List<String> parts, PostLimit limit) {
        for (int i = 0; i < parts.size() && this != BLOG; i++) {
            limit.mustFit(field(i), parts.get(i));
        }
    }

    private String field(int part) {
        return this == THREAD ? "parts[" + part + "].content" : "content";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
