package social.coral.imports;

/**
 * What became of an import that is taken back.
 *
 * @param posts how many of its posts are removed so far
 * @param done whether nothing of it is left
 */
public record TakenBack(int posts, boolean done) {}
