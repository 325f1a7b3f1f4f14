package social.coral.api;

/** A connection of which the server tells nothing. */
enum UnseenConnection implements ClientConnection {
    INSTANCE;

    @Override
    public boolean isGone() {
        return false;
    }

    @Override
    public void cut() {
        // There is nothing to end.
    }
}
