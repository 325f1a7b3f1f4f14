package social.coral.portability;

import java.util.List;

/**
 * What came of an archive.
 *
 * @param rejected the first rows that were not taken, and why
 * @param leftOut what of the archive does not come over at all, and why
 */
public record ImportOutcome(List<Taken> tables, List<Rejected> rejected, List<Skipped> leftOut) {

    /**
     * @param thereAlready rows whose id or name is in use here; they were left as they are
     */
    public record Taken(String table, long imported, long thereAlready, long rejected) {}

    public record Rejected(String table, long line, String reason) {}

    public record Skipped(String name, String reason) {}

    /** All rows that are new here. */
    public long imported() {
        return tables.stream().mapToLong(Taken::imported).sum();
    }
}
