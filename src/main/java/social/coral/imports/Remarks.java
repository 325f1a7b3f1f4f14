package social.coral.imports;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import social.coral.api.StorableText;
import social.coral.imports.ImportResult.Remark;
import social.coral.imports.archive.Place;

/** What a person should know of an import although its posts were stored: each kind once, with how often and where first. */
final class Remarks {

    private static final int MAX_NOTES = 100;
    private static final int MAX_QUOTED = 40;

    /** What was read in a way that the person may not expect. */
    enum Kind {
        COUNT("A count of likes, reposts or replies could not be read. It was taken as 0", "%,d counts of likes, reposts or replies could not be read. They were taken as 0"),
        OTHER_TIME("The date in the id of a post differs from the date given, which was kept. Day and month may be swapped, or the wrong column was read",
                "%,d posts: the date in the id differs from the date given, which was kept. Day and month may be swapped, or the wrong column was read"),
        ROW_NUMBER("A row has a row number in place of the id of its post, so the post cannot link to X",
                "%,d rows have row numbers in place of the ids of their posts, so the posts cannot link to X"),
        WITHOUT_ID("A post came without an id, so it cannot link to X", "%,d posts came without an id, so they cannot link to X"),
        WITHOUT_ZONE("The date of a post without an id names no time zone. It was read as UTC", "%,d posts without ids: the dates name no time zone. They were read as UTC"),
        LOCAL_TIME("The time of a post differs from the one in its id by whole time zones. The one in the id was taken",
                "%,d posts: the time differs from the one in the id by whole time zones. The one in the id was taken"),
        ROUNDED_PARENT("A program has rounded the id of the post that a reply answers. It was left out",
                "%,d replies: a program has rounded the id of the post that they answer. It was left out"),
        UNREAD_PARENT("What a post answers is not the id of an older post or a link to it. It was left out",
                "%,d posts: what they answer is not the id of an older post or a link to it. It was left out"),
        UNREAD_LINK("A link beside a text does not lead to the post. It was not read", "%,d links beside texts do not lead to the posts. They were not read"),
        UNREAD_POSTS("An entry holds posts under a name that is not known or within another post. They were not read",
                "%,d entries hold posts under names that are not known or within other posts. They were not read"),
        UNCLEAR("Whether a post is a repost or deleted is answered by neither yes nor no. It was stored",
                "%,d posts: whether they are reposts or deleted is answered by neither yes nor no. They were stored"),
        NO_FORMULA("A text begins with an apostrophe as programs put it before @, =, + and -. The apostrophe was left out",
                "%,d texts begin with an apostrophe as programs put it before @, =, + and -. The apostrophes were left out"),
        OWNER_OF_ARCHIVE("A row names no author. Its post is shown as by the archive's owner", "%,d rows name no author. Their posts are shown as by the archive's owner"),
        OTHER_TEXT("A post is already here with another text. It was left as it is", "%,d posts are already here with other texts. They were left as they are"),
        OTHER_AUTHOR("A post is already here under another author. It was left as it is. To change it, use Change author under Past imports",
                "%,d posts are already here under another author. They were left as they are. To change them, use Change author under Past imports"),
        MARKUP("A text has HTML (<br>, &amp;) or letters written as escapes (\\n, \\u00e9). It was stored as it stands",
                "%,d texts have HTML (<br>, &amp;) or letters written as escapes (\\n, \\u00e9). They were stored as they stand"),
        WRONG_LETTERS("A text has garbled letters, as when a file is read with the wrong encoding. It was stored as it stands. Export it again as UTF-8, or correct it there",
                "%,d texts have garbled letters, as when a file is read with the wrong encoding. They were stored as they stand. Export them again as UTF-8, or correct them there"),
        TRUNCATED("A text is cut off in the file", "%,d texts are cut off in the file"),
        LOOK_ALIKE("Two rows without ids have the same author, time and text. They were taken as one post",
                "%,d rows without ids have the author, time and text of another. They were taken as one post"),
        SAME_ID("Two rows have the same id and different texts. The first was kept", "%,d rows have the same id as another with a different text. The first of each was kept"),
        DELETED_EARLIER("An archive that was imported earlier lists a post as deleted on X. It was left out",
                "%,d posts are listed as deleted on X by archives that were imported earlier. They were left out"),
        CIRCLE_EARLIER("An archive lists a post as one to a Twitter Circle. It was left out", "%,d posts are listed as posts to a Twitter Circle by archives. They were left out"),
        REPOST_EARLIER("An archive lists a post as a repost. It was left out", "%,d posts are listed as reposts by archives. They were left out"),
        STORED_OF_COMMUNITY("A post in a community is here from an earlier import and stays. Remove it in the archive, or undo that import",
                "%,d posts in communities are here from earlier imports and stay. Remove them in the archive, or undo those imports"),
        NO_POST_FOR_LONG_TEXT("A long text fits none of the posts and was not imported", "%,d long texts fit none of the posts and were not imported");

        private final String one;
        private final String many;

        Kind(String one, String many) {
            this.one = one;
            this.many = many;
        }

        /** Returns the remark on a post that an archive lists as one of this kind. */
        static Optional<Kind> of(LeftOutPost.Kind kind) {
            return switch (kind) {
                case DELETED -> Optional.of(DELETED_EARLIER);
                case CIRCLE -> Optional.of(CIRCLE_EARLIER);
                case REPOST -> Optional.of(REPOST_EARLIER);
                case OLDER_VERSION -> Optional.empty();
            };
        }
    }

    /** @param example how the first one begins; empty where the place says enough */
    private record Seen(Place first, String example, long times) {}

    private final Map<Kind, Seen> seen = new EnumMap<>(Kind.class);
    private final List<Remark> notes = new ArrayList<>();

    void add(Kind kind, Place place) {
        add(kind, place, "");
    }

    void add(Kind kind, Place place, String text) {
        Seen before = seen.get(kind);
        long times = before == null ? 1 : before.times() + 1;
        seen.put(kind, before == null || place.isBefore(before.first())
                ? new Seen(place, text.isEmpty() ? "" : ": " + quoted(text), times)
                : new Seen(before.first(), before.example(), times));
    }

    /** Adds a sentence of its own. */
    void note(Place place, String sentence) {
        if (notes.size() < MAX_NOTES) {
            notes.add(new Remark(place, sentence));
        }
    }

    /** Leaves a kind out, and returns how often it was seen. */
    long take(Kind kind) {
        Seen taken = seen.remove(kind);
        return taken == null ? 0 : taken.times();
    }

    List<Remark> all() {
        List<Remark> all = new ArrayList<>(notes);
        seen.forEach((kind, what) -> all.add(new Remark(what.first(), (what.times() == 1 ? kind.one
                : String.format(Locale.ROOT, kind.many, what.times()) + " (first seen here)") + what.example() + ".")));
        return List.copyOf(all);
    }

    /** Quotes the beginning of what a file holds. */
    static String quoted(String value) {
        String line = value.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
        String beginning = StorableText.truncate(line, MAX_QUOTED);
        return "“" + beginning + (beginning.length() < line.length() ? "…" : "") + "”";
    }
}
