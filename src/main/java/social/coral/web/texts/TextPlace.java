package social.coral.web.texts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.content.TextKind;
import social.coral.web.frame.Icon;

/** Where the texts of a kind have their pages, and what people call them. */
public enum TextPlace {
    BLOGS("/blogs", "blog post", "blog posts", "Blog posts", "Longer texts with their sources", Icon.BLOG,
            "Write a blog post here, or have an agent write one. You approve each before it is published."),
    THREADS("/threads", "thread", "threads", "Threads", "Connected posts, as they will look on X", Icon.THREAD,
            "Write a thread here, or have an agent make one from a blog post. You approve each before it is published."),
    REPLIES("/replies", "reply", "replies", "Replies", "Answers to collected posts and to mentions of your account", Icon.REPLY,
            "An agent drafts replies to those who mention your account. To answer another post, open it under Posts. You approve each reply before it is published."),
    POSTS("/tweets/mine", "post", "posts", "My posts", "Posts you write here", Icon.POSTS, "What you write is kept here as a draft.");

    private final String path;
    private final String one;
    private final String many;
    private final String title;
    private final String lead;
    private final Icon icon;
    private final String hint;

    TextPlace(String path, String one, String many, String title, String lead, Icon icon, String hint) {
        this.path = path;
        this.one = one;
        this.many = many;
        this.title = title;
        this.lead = lead;
        this.icon = icon;
        this.hint = hint;
    }

    public static TextPlace of(TextKind kind) {
        return switch (kind) {
            case BLOG -> BLOGS;
            case THREAD -> THREADS;
            case REPLY -> REPLIES;
            case TWEET -> POSTS;
        };
    }

    public String path() {
        return path;
    }

    /** The address of one text. */
    public String of(UUID id) {
        return path + "/" + id;
    }

    /** What people call one, after "a" or "this". */
    public String one() {
        return one;
    }

    public String many() {
        return many;
    }

    /** The title of the list. */
    public String title() {
        return title;
    }

    /** What is in the list. */
    public String lead() {
        return lead;
    }

    public Icon icon() {
        return icon;
    }

    /** What will be in the list while it is empty. */
    public String hint() {
        return hint;
    }

    /** The address of the form for a new one; null where one begins elsewhere. */
    public @Nullable String blank() {
        return this == BLOGS || this == THREADS ? path + "/new" : null;
    }

    /** What its button says. */
    public String verb() {
        return "Write a " + one;
    }
}
