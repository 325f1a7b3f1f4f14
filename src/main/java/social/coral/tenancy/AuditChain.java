package social.coral.tenancy;

import java.util.Optional;

/** Whether the running tenant's audit is whole, looked at in pieces that are short whatever its length. */
final class AuditChain {

    private static final int PIECE = 500;

    /** How far it was looked at, and the number of the first entry that was altered or after which one is missing. */
    record Piece(long checked, Optional<Long> broken, boolean isEnd) {

        boolean isLast() {
            return isEnd || broken.isPresent();
        }
    }

    private AuditChain() {}

    /** The piece that begins after this entry; 0 begins at the oldest that is kept. */
    static Piece after(TenantDoor door, long position) {
        return door.sql("select checked, broken, is_end from audit.first_break(:after, :most)")
                .param("after", position)
                .param("most", PIECE)
                .one(row -> new Piece(row.getLong("checked"), Optional.ofNullable(row.getObject("broken", Long.class)), row.getBoolean("is_end")));
    }

    /** The number of the first entry that was altered, or after which one is missing; nothing when all are as they were written. */
    static Optional<Long> firstBreak(TenantDoor door) {
        Piece piece = after(door, 0);
        while (!piece.isLast()) {
            piece = after(door, piece.checked());
        }
        return piece.broken();
    }
}
