package social.coral.tenancy;

/** Thrown for a row that was written by hand or by an earlier version and cannot be read. Only work that needs the row fails. */
final class UnreadableRow extends RuntimeException {

    UnreadableRow(String which, String column) {
        super(which + " cannot be read: this version does not know its " + column + ".", null, false, false);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
