package social.coral.imports;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.PostRow;
import social.coral.networks.Post;
import social.coral.networks.PostMarkup;
import social.coral.networks.PostVersions;

/** Where an import puts its posts. Each call that changes them is one transaction of a few hundred, so that what is stored stays whatever follows. */
interface ImportStore {

    /**
     * A post as it is in the file.
     *
     * @param namesAuthor whether the file names the author of this post
     * @param attributed whether a person has named its author since
     * @param olderVersions the ids of the versions before it, if it was edited
     * @param shortLinks X's short links in the record, as far as the file lists them; a hundred at most
     */
    record ReadPost(Post post, Origin origin, boolean namesAuthor, boolean attributed, List<String> olderVersions, Set<String> shortLinks) {

        private static final int MAX_SHORT_LINK = 100;
        private static final int MAX_SHORT_LINKS = 100;

        static ReadPost of(PostRow row, Post post) {
            return of(post, row.ofX(), ImportedPost.namesAuthor(row), PostVersions.before(post.id(), row.versions()), shortLinks(row));
        }

        static ReadPost of(Post post, boolean ofX, boolean namesAuthor, List<String> olderVersions, Set<String> shortLinks) {
            return new ReadPost(post, Origin.of(ofX, post.text()), namesAuthor, false, olderVersions, shortLinks);
        }

        /** Returns those of X's short links that the row lists; none where it lists more than a post has. */
        private static Set<String> shortLinks(PostRow row) {
            Set<String> links = row.links().keySet().stream()
                    .filter(link -> link.length() <= MAX_SHORT_LINK && PostMarkup.SHORT_LINK.matcher(link).matches())
                    .limit(MAX_SHORT_LINKS + 1L)
                    .collect(Collectors.toSet());
            return links.size() > MAX_SHORT_LINKS ? Set.of() : links;
        }

        /** Returns the ids that may be those of older versions. */
        Stream<String> olderIds() {
            return Stream.concat(olderVersions.stream(), Stream.of(post.id(), post.inReplyToId(), post.conversationId()).flatMap(Stream::ofNullable));
        }

        /** Returns about how many characters it keeps in memory. */
        int characters() {
            return Stream.of(Stream.of(post.text()), olderVersions.stream(), shortLinks.stream()).flatMap(all -> all).mapToInt(String::length).sum();
        }

        ReadPost with(Post changed) {
            return new ReadPost(changed, origin, namesAuthor, attributed, olderVersions, shortLinks);
        }

        ReadPost as(Origin other) {
            return new ReadPost(post, other, namesAuthor, attributed, olderVersions, shortLinks);
        }
    }

    /**
     * The result of a batch; its other posts were there already.
     *
     * @param corrected how many posts are better now than an earlier import had stored them
     * @param repeated the ids of posts that this import had stored before, with another text or without ids of their own
     * @param otherTexts the ids of posts that are stored with other texts, and stay so
     * @param otherAuthors the ids of posts that are stored as by another author, and stay so
     * @param leftOut what those posts are, by their ids, that were not stored because an archive says what they are
     */
    record Added(int imported, int corrected, Set<String> repeated, Set<String> otherTexts, Set<String> otherAuthors, Map<String, LeftOutPost.Kind> leftOut) {}

    /**
     * The result of leaving out imported posts.
     *
     * @param own how many this import had added
     * @param corrected how many of earlier imports this one had corrected
     * @param skipped how many of earlier imports this one had found to be there
     * @param earlier how many were of earlier imports
     */
    record Removed(int own, int corrected, int skipped, int earlier) {}

    /** A change to a post; what is null stays. */
    record Change(String id, @Nullable String text, @Nullable Instant time) {

        /** Returns the post as it is then. The time of a later version moves none, because an import may lack the first. */
        Post of(Post old) {
            return new Post(old.id(), old.author(), text == null ? old.text() : text, time == null || time.isAfter(old.createdAt()) ? old.createdAt() : time,
                    old.lang(), old.conversationId(), old.inReplyToId(), old.counts());
        }
    }

    /** How a post begins, in as many characters as a break needs, and its length in code points. */
    record Beginning(String id, String author, String text, int length, Instant time, Origin origin) {}

    /**
     * The result of changes to posts of earlier imports.
     *
     * @param skipped how many of those that are better now this import has had as well, and counted as there already
     */
    record Corrected(int posts, int skipped) {}

    Added add(List<ReadPost> posts);

    /** Removes imported posts that are not to be there, and returns how many of them this import had added. */
    int remove(Collection<String> ids);

    /** Removes imported posts that are to be left out, with or without their ids, and lets no import store them again. */
    Removed leaveOut(LeftOutPost.Kind kind, List<LeftOutPost> posts);

    /** Removes older versions of posts, and returns those that this import had added, with their times. */
    Map<String, Instant> removeVersions(Map<String, String> newestByOlder);

    /** Returns which of these posts are imported, and whether this import has added them. */
    Map<String, Boolean> stored(Collection<String> ids);

    /**
     * Gives {@code taker} the posts of the hour around one of these times, in which X lets a post be edited: the imported ones, and those
     * that were collected from this author.
     */
    void around(Collection<Instant> times, String author, Consumer<Beginning> taker);

    /** Returns the newest stored versions of those of these posts that are older ones. */
    Map<String, String> newestVersions(Set<String> ids);

    /** Makes replies to older versions ones to the newest, in parts. */
    void redirectReplies(Map<String, String> newestByOlder);

    /** Changes imported posts. One that was collected only gets a text of which it has the beginning. */
    Corrected change(Collection<Change> changes);

    /** Returns how many posts of this import break off where X cut them. */
    int cutOff();

    /**
     * Notes that the posts that follow come from another sheet without ids, in which a post of an earlier one can be again.
     *
     * @param goesOn whether some of that sheet came before, of which these are none
     */
    void sheetBegins(boolean goesOn);

    /**
     * Returns the minutes by which most posts without ids are later than posts with ids that begin alike, where one of the two came with this
     * import; 0 if they are not.
     */
    int minutesBetweenZones();
}
