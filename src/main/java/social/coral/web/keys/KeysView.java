package social.coral.web.keys;

import java.util.List;

/** All services with what is stored for each. */
public record KeysView(List<KeyRow> rows) {

    /** Whether the sandbox can be chosen: it is not where posts come from now, or its key does not work any more. */
    public boolean offersSandbox() {
        return sandboxKeyIsBroken() || rows.stream().noneMatch(KeyRow::isOfSandbox);
    }

    /** Whether posts would come from the sandbox if it had a key that works. */
    public boolean sandboxKeyIsBroken() {
        return rows.stream().anyMatch(row -> row.isOfSandbox() && row.isBroken());
    }

    public String lead() {
        long entered = rows.stream().filter(row -> row.key() != null).count();
        return entered + " of " + rows.size() + " entered · sealed as soon as they arrive, never shown again";
    }
}
