package social.coral.imports;

/**
 * The result of taking an import back.
 *
 * @param posts how many of its posts are removed so far
 * @param done whether nothing of it is left
 */
public record TakenBack(int posts, boolean done) {

    /** What a person reads about an import that ran and had added nothing. */
    public static final String NOTHING_ADDED = "You stopped this import. It had added nothing; the posts from earlier imports stay.";
}
