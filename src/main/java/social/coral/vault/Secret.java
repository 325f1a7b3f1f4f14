package social.coral.vault;

/** A plain key on its way to the service it belongs to. It prints as dots, so that no log or message can hold it. */
public final class Secret {

    private final String plain;

    Secret(String plain) {
        this.plain = plain;
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
