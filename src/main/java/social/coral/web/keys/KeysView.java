package social.coral.web.keys;

import java.util.List;
import java.util.Set;
import social.coral.vault.ServiceName;

/**
 * All services with what is stored for each.
 *
 * @param needs the services that some agent does not work without
 */
public record KeysView(List<KeyRow> rows, Set<ServiceName> needs) {

    public List<KeyRow> needed() {
        return rows.stream().filter(row -> needs.contains(row.service())).toList();
    }

    /** Returns those that nothing uses yet, which are told apart so that nobody looks for them. */
    public List<KeyRow> others() {
        return rows.stream().filter(row -> !needs.contains(row.service())).toList();
    }

    public boolean othersAreEntered() {
        return others().stream().anyMatch(row -> row.key() != null);
    }

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
        return entered + (entered == 1 ? " key" : " keys") + " entered · sealed as soon as they arrive, never shown again";
    }
}
