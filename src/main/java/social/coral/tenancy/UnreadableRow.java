package social.coral.tenancy;

/** A row that no way in lets through today: put there by hand, or by an earlier version. What needs it fails, and nothing else. */
final class UnreadableRow extends RuntimeException {

    UnreadableRow(String which, String column) {
        super(which + " cannot be read: this version does not know its " + column + ".", null, false, false);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
