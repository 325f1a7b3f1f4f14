package social.coral.vault;

import java.util.UUID;

/** A plain key on its way to the service it belongs to. It prints as dots, so that no log or message can hold it. */
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

    /** Which of the keys that were stored under this id it is. */
    int version() {
        return version;
    }

    /** The key itself, for the call that needs it and for nothing else. */
    public String reveal() {
        return plain;
    }

    @Override
    public String toString() {
        return "••••";
    }
}
