package social.coral.imports;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.PostRow;
import social.coral.portability.Spool;

/**
 * Finds the ids of a file that a program has rounded: a spreadsheet keeps 15 digits of a number, JavaScript prints 17, and whatever counts
 * in floating point keeps 53 bits. One such id may be X's own, so rows wait until enough are seen.
 */
final class RoundedIds implements AutoCloseable {

    /** What a single id looks like. */
    private record Look(boolean fifteenDigits, boolean seventeenDigits, boolean floatingPoint) {

        boolean isWhole() {
            return !fifteenDigits && !seventeenDigits && !floatingPoint;
        }
    }

    /** The number of rows that wait at most; a longer file is judged in parts, by all that was read of it. */
    private static final int MAX_WAITING = 2_000;
    /** Ids have had 18 digits since August 2011; rounding hardly changed the shorter ones. */
    private static final int MIN_DIGITS = 18;
    /** One id in a thousand ends like one of 15 digits by chance. */
    private static final int FIFTEEN_BY_CHANCE = 20;
    /** A file passes for rounded if it would look so by chance at most once in 10,000 times: four decimal digits of evidence. */
    private static final double ENOUGH = 4;
    private static final double DOUBTFUL = 2;
    /**
     * The last 12 bits count the ids of a millisecond, and most are its first. So a multiple of 4096 is no sign of rounding: three ids in four
     * can be one, and nearly all from before July 2019.
     */
    private static final int FIRST_OF_MILLISECOND = 4096;
    private static final long OF_JULY_2019 = 1L << 60;
    private static final double EVIDENCE_OF_FIRST = 0.125;
    private static final double EVIDENCE_OF_OLD_FIRST = 0.013;

    private final PendingRows waiting;
    private long rows;
    private long fifteen;
    private long seventeen;
    private long floating;
    private long floatingAmidMillisecond;
    private double evidenceOfDigits;
    private double evidenceOfBits;
    private double evidenceOfFirst;

    RoundedIds(Spool spool, Runnable look) {
        waiting = new PendingRows(spool, look);
    }

    /** Keeps the row if its id looks rounded, and reports whether it did. */
    boolean keeps(PostRow row) {
        Look look = look(row);
        if (look == null) {
            return false;
        }
        rows++;
        if (look.isWhole()) {
            return false;
        }
        count(look, String.valueOf(GivenId.of(row)));
        waiting.add(row);
        return true;
    }

    boolean isFull() {
        return waiting.count() >= MAX_WAITING;
    }

    private void count(Look look, String id) {
        fifteen += look.fifteenDigits ? 1 : 0;
        if (look.seventeenDigits) {
            seventeen++;
            evidenceOfDigits += id.length() - 17;
        }
        if (look.floatingPoint) {
            floating++;
            long number = Long.parseUnsignedLong(id);
            if (number % FIRST_OF_MILLISECOND != 0) {
                floatingAmidMillisecond++;
                evidenceOfBits += Math.log10(Math.ulp((double) number));
            } else {
                evidenceOfFirst += number < OF_JULY_2019 ? EVIDENCE_OF_OLD_FIRST : EVIDENCE_OF_FIRST;
            }
        }
    }

    /** Returns null for an id that nothing can have rounded, or that says nothing of it. */
    private static @Nullable Look look(PostRow row) {
        String id = row.kind() == PostRow.Kind.TABLE_ROW ? GivenId.of(row) : null;
        if (id == null || id.length() < MIN_DIGITS || id.length() > MIN_DIGITS + 1 || !id.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return null;
        }
        int zeros = id.length() - id.replaceFirst("0+$", "").length();
        long number = Long.parseUnsignedLong(id);
        return new Look(zeros >= id.length() - 15, zeros >= id.length() - 17, number > 0 && (long) (double) number == number);
    }

    private boolean fifteenDigits() {
        return fifteen * FIFTEEN_BY_CHANCE >= rows;
    }

    private boolean seventeenDigits() {
        return areNearlyAll(seventeen) && evidenceOfDigits >= ENOUGH;
    }

    private boolean floatingPoint() {
        return areNearlyAll(floating) && floatingAmidMillisecond * 10 >= floating && evidenceOfBits >= ENOUGH
                || floating == rows && evidenceOfBits + evidenceOfFirst >= ENOUGH;
    }

    private boolean areNearlyAll(long some) {
        return some * 10 >= rows * 9;
    }

    /** Decides on the rows that wait. */
    void judge(Consumer<PostRow> store, BiConsumer<PostRow, String> reject) {
        waiting.drain(row -> {
            Look look = look(row);
            if (look != null && look.fifteenDigits && fifteenDigits()) {
                reject.accept(row, "A spreadsheet has rounded the id: only 15 of its digits are left. Export it as text.");
            } else if (look != null && (look.seventeenDigits && seventeenDigits() || look.floatingPoint && floatingPoint())) {
                reject.accept(row, "A program has rounded the id, as it has nearly all ids of this file. Export ids as text.");
            } else {
                store.accept(row);
            }
        });
    }

    /** Ends a file whose rows are decided on, and reports whether its ids may be rounded although too few show it. */
    boolean endFile() {
        boolean doubtful = rows > 0 && floating == rows && !floatingPoint() && evidenceOfBits + evidenceOfFirst >= DOUBTFUL;
        rows = 0;
        fifteen = 0;
        seventeen = 0;
        floating = 0;
        floatingAmidMillisecond = 0;
        evidenceOfDigits = 0;
        evidenceOfBits = 0;
        evidenceOfFirst = 0;
        return doubtful;
    }

    @Override
    public void close() {
        waiting.close();
    }
}
