package social.coral.imports;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the ids in one column of a file reveal about rounding: a spreadsheet keeps 15 digits of a number, JavaScript prints 17, and whatever counts
 * in floating point keeps 53 bits.
 */
final class RoundingEvidence {

    /** What a single id looks like. */
    private record Look(boolean fifteenDigits, boolean seventeenDigits, boolean floatingPoint) {

        boolean isWhole() {
            return !fifteenDigits && !seventeenDigits && !floatingPoint;
        }
    }

    /** As many ids as are needed to judge those that follow. */
    private static final int MAX_SEEN = 5_000;
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

    private final Set<String> seen = new HashSet<>();
    private long rows;
    private long fifteen;
    private long seventeen;
    private long floating;
    private long floatingAmidMillisecond;
    private double evidenceOfDigits;
    private double evidenceOfBits;
    private double evidenceOfFirst;

    /** Reports whether an id looks rounded, as some whole ones do by chance. */
    static boolean looksRounded(String id) {
        Look look = look(id);
        return look != null && !look.isWhole();
    }

    /** Takes in an id, and reports whether it looks rounded. */
    boolean add(@Nullable String id) {
        Look look = look(id);
        if (look == null) {
            return false;
        }
        rows++;
        count(look, String.valueOf(id));
        return !look.isWhole();
    }

    /** Takes in an id that several rows can have; it counts only once. */
    boolean addOnce(@Nullable String id) {
        Look look = look(id);
        return look != null && (seen.size() < MAX_SEEN && seen.add(String.valueOf(id)) ? add(id) : !look.isWhole());
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
    private static @Nullable Look look(@Nullable String id) {
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

    /** Returns how it was rounded, judged by all ids so far; null if it was not. */
    @Nullable String fault(@Nullable String id) {
        Look look = look(id);
        if (look != null && look.fifteenDigits && fifteenDigits()) {
            return "A spreadsheet has rounded the id: only 15 of its digits are left. Export it as text.";
        }
        return look != null && (look.seventeenDigits && seventeenDigits() || look.floatingPoint && floatingPoint())
                ? "A program has rounded the id, as it has nearly all ids of this file. Export ids as text." : null;
    }

    /** Reports whether the ids may be rounded although too few show it. */
    boolean isDoubtful() {
        return rows > 0 && floating == rows && !floatingPoint() && evidenceOfBits + evidenceOfFirst >= DOUBTFUL;
    }
}
