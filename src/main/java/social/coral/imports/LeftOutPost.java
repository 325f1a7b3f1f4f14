package social.coral.imports;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;
import social.coral.imports.archive.PostField;
import social.coral.imports.archive.PostRow;
import social.coral.networks.Post;
import social.coral.networks.PostIds;

/**
 * A post that is not stored for what it is.
 *
 * @param lasting whether no later file may bring it back
 * @param start by which it is recognized where it has no id; null where that is not known
 */
record LeftOutPost(String id, Kind kind, boolean lasting, @Nullable PostStart start) {

    enum Kind {
        DELETED,
        /** Written for the few people of its author's Twitter Circle. */
        CIRCLE,
        REPOST,
        OLDER_VERSION;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns what is known of a row that is one, under each of its ids. */
    static List<LeftOutPost> of(PostRow row, ImportedPost reader, @Nullable String known) {
        Kind kind = row.kind() == PostRow.Kind.CIRCLE_POST ? Kind.CIRCLE : Kind.DELETED;
        String named = row.value(PostField.AUTHOR) == null ? known : PostAuthor.handle(String.valueOf(row.value(PostField.AUTHOR)));
        Instant time = reader.timeIfAny(row);
        String text = text(row);
        return ids(row).map(id -> new LeftOutPost(id, kind, true, named == null || time == null || text == null ? null
                : new PostStart(id, named.toLowerCase(Locale.ROOT), text, written(id, row, time), null, Set.of()))).toList();
    }

    static LeftOutPost olderVersion(Post post) {
        PostStart start = new PostStart(post.id(), post.author(), StorableText.truncate(post.text(), PostStart.MAX_COMPARED), post.createdAt(), null, Set.of());
        return new LeftOutPost(post.id(), Kind.OLDER_VERSION, true, start);
    }

    /** Returns the ids of a row and of its versions. */
    static Stream<String> ids(PostRow row) {
        return Stream.concat(Stream.ofNullable(GivenId.of(row)), row.versions().stream()).filter(id -> PostIds.isId(id) && PostIds.isWithin64Bits(id)).distinct();
    }

    /** The id of another version shows when that one was written. */
    private static Instant written(String id, PostRow row, Instant time) {
        Instant inId = id.equals(GivenId.of(row)) ? null : PostIds.time(id);
        return inId == null ? time : inId.truncatedTo(ChronoUnit.SECONDS);
    }

    private static @Nullable String text(PostRow row) {
        try {
            return StorableText.truncate(PostText.of(row), PostStart.MAX_COMPARED);
        } catch (ImportedPost.NoPost e) {
            return null;
        }
    }
}
