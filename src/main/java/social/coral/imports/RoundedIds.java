package social.coral.imports;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.PostField;
import social.coral.imports.archive.PostRow;
import social.coral.portability.Spool;

/**
 * Finds the ids of a file that a program has rounded, also those of parents, which programs often round alone because not all rows have
 * one. One such id may be X's own, so rows wait until enough are seen.
 */
final class RoundedIds implements AutoCloseable {

    /** The number of rows that wait at most; a longer file is judged in parts, by all that was read of it. */
    private static final int MAX_WAITING = 2_000;

    private final PendingRows waiting;
    private final Remarks remarks;
    private RoundingEvidence ids = new RoundingEvidence();
    private final Map<PostField, RoundingEvidence> others = new EnumMap<>(PostField.class);

    RoundedIds(Spool spool, Remarks remarks, Runnable look) {
        this.waiting = new PendingRows(spool, look);
        this.remarks = remarks;
        endFile();
    }

    /** Keeps the row if one of its ids looks rounded, and reports whether it did. */
    boolean keeps(PostRow row) {
        if (row.kind() != PostRow.Kind.TABLE_ROW) {
            return false;
        }
        boolean looksRounded = ids.add(GivenId.of(row));
        for (Map.Entry<PostField, RoundingEvidence> other : others.entrySet()) {
            looksRounded |= other.getValue().addOnce(given(row, other.getKey()));
        }
        if (looksRounded) {
            waiting.add(row);
        }
        return looksRounded;
    }

    boolean isFull() {
        return waiting.count() >= MAX_WAITING;
    }

    private static @Nullable String given(PostRow row, PostField field) {
        String cell = row.value(field);
        return cell == null ? null : GivenId.plain(cell);
    }

    /** Decides on the rows that wait. */
    void judge(Consumer<PostRow> store, BiConsumer<PostRow, String> reject) {
        waiting.drain(row -> {
            String fault = ids.fault(GivenId.of(row));
            if (fault == null) {
                store.accept(withoutRounded(row));
            } else {
                reject.accept(row, fault);
            }
        });
    }

    private PostRow withoutRounded(PostRow row) {
        PostRow whole = row;
        for (Map.Entry<PostField, RoundingEvidence> other : others.entrySet()) {
            if (other.getValue().fault(given(row, other.getKey())) != null) {
                remarks.add(Remarks.Kind.ROUNDED_PARENT, row.place());
                whole = whole.without(other.getKey());
            }
        }
        return whole;
    }

    /** Ends a file whose rows are decided on, and reports whether its ids may be rounded although too few show it. */
    boolean endFile() {
        boolean doubtful = ids.isDoubtful();
        ids = new RoundingEvidence();
        others.put(PostField.IN_REPLY_TO, new RoundingEvidence());
        others.put(PostField.CONVERSATION, new RoundingEvidence());
        return doubtful;
    }

    @Override
    public void close() {
        waiting.close();
    }
}
