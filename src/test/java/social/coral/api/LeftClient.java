package social.coral.api;

/** The connection of a client that has hung up. */
public record LeftClient() implements ClientConnection {

    @Override
    public boolean isGone() {
        return true;
    }

    @Override
    public void cut() {
        throw new IllegalStateException("nobody is there");
    }
}
