package social.coral.portability;

import java.util.List;

/**
 * The result of an import.
 *
 * @param rejected the first rejected rows, and why
 * @param leftOut what of the archive is not imported at all, and why
 */
public record ImportOutcome(List<Taken> tables, List<Rejected> rejected, List<Skipped> leftOut) {

    /**
     * @param thereAlready rows whose id or name exists here; they were left unchanged
     */
    public record Taken(String table, long imported, long thereAlready, long rejected) {}

    public record Rejected(String table, long line, String reason) {}

    public record Skipped(String name, String reason) {}

    /** Returns the number of new rows. */
    public long imported() {
        return tables.stream().mapToLong(Taken::imported).sum();
    }
}
