package social.coral.vault;

import java.util.UUID;

/** A plain key, for a call to its service. Prints as dots, so that it cannot get into a log or message. */
public final class Secret {

    private final String plain;
    private final UUID id;
    private final int version;

    Secret(String plain, UUID id, int version) {
        this.plain = plain;
        this.id = id;
        this.version = version;
    }

    UUID id() {
        return id;
    }

    /** Counts how often the key with this id was replaced. */
    int version() {
        return version;
    }

    /** Names this key and which one in a row it is, without telling it: a key that replaces it has another name. */
    public String label() {
        return id + "." + version;
    }

    /** Returns the key itself, only for the call that needs it. */
    public String reveal() {
        return plain;
    }

    @Override
    public String toString() {
        return "••••";
    }
}
