package social.coral.tenancy;

import java.util.Optional;

/** Verifies the current tenant's audit in short pieces, whatever its length. */
final class AuditChain {

    private static final int PIECE = 500;

    /** The last entry verified, and the first one that was altered or that is followed by a gap. */
    record Piece(long checked, Optional<Long> broken, boolean isEnd) {

        boolean isLast() {
            return isEnd || broken.isPresent();
        }
    }

    private AuditChain() {}

    /** Verifies the piece after this entry; 0 starts at the oldest entry kept. */
    static Piece after(TenantDoor door, long position) {
        return door.sql("select checked, broken, is_end from audit.first_break(:after, :most)")
                .param("after", position)
                .param("most", PIECE)
                .one(row -> new Piece(row.getLong("checked"), Optional.ofNullable(row.getObject("broken", Long.class)), row.getBoolean("is_end")));
    }

    /** Returns the number of the first entry that was altered or that is followed by a gap; empty if the audit is intact. */
    static Optional<Long> firstBreak(TenantDoor door) {
        Piece piece = after(door, 0);
        while (!piece.isLast()) {
            piece = after(door, piece.checked());
        }
        return piece.broken();
    }
}
