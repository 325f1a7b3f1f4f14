package social.coral.imports;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import social.coral.imports.ImportResult.Told;
import social.coral.imports.archive.Place;

/** What a person should know of an import although its posts were stored: each kind once, with how often and where first. */
final class Remarks {

    private static final int MAX_TOLD = 100;

    /** What was read in a way that the person may not expect. */
    enum Kind {
        COUNT("A count of likes, reposts or replies could not be read and is 0", "Counts of likes, reposts or replies could not be read and are 0"),
        OTHER_TIME("An id tells another day than created_at. Day and month may be swapped, or a column may be the wrong one",
                "Ids tell another day than created_at. Day and month may be swapped, or a column may be the wrong one"),
        ROW_NUMBER("An id is too small for a post of its time, like the number of a row. The post has an id of its own here and no link to X",
                "Ids are too small for posts of their times, like the numbers of rows. The posts have ids of their own here and no links to X"),
        WITHOUT_ID("A post without an id has one of its own here and no link to X", "Posts without ids have ids of their own here and no links to X"),
        SAME_ID("Two rows have the same id and different texts. The first was kept", "Rows have the same id and different texts. The first of each was kept"),
        NO_POST_FOR_LONG_TEXT("A long text fits none of the posts and was not imported", "Long texts fit none of the posts and were not imported");

        private final String one;
        private final String many;

        Kind(String one, String many) {
            this.one = one;
            this.many = many;
        }
    }

    private record Seen(Place first, long times) {}

    private final Map<Kind, Seen> seen = new EnumMap<>(Kind.class);
    private final List<Told> notes = new ArrayList<>();

    void add(Kind kind, Place place) {
        Seen before = seen.get(kind);
        seen.put(kind, before == null ? new Seen(place, 1) : new Seen(before.first(), before.times() + 1));
    }

    /** Adds a sentence of its own. */
    void note(Place place, String sentence) {
        if (notes.size() < MAX_TOLD) {
            notes.add(new Told(place, sentence));
        }
    }

    List<Told> all() {
        List<Told> all = new ArrayList<>(notes);
        seen.forEach((kind, what) -> all.add(new Told(what.first(), what.times() == 1 ? kind.one + "."
                : kind.many + String.format(Locale.ROOT, " (%,d times, first here).", what.times()))));
        return List.copyOf(all);
    }
}
