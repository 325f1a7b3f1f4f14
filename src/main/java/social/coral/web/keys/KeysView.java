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

    public List<KeyGroup> needed() {
        return KeyGroup.all(rows).stream().filter(this::isNeeded).toList();
    }

    /** Returns those that no agent needs, which are listed apart. */
    public List<KeyGroup> others() {
        return KeyGroup.all(rows).stream().filter(group -> !isNeeded(group)).toList();
    }

    private boolean isNeeded(KeyGroup group) {
        return group.rows().stream().anyMatch(row -> needs.contains(row.service()));
    }

    public boolean othersAreEntered() {
        return others().stream().anyMatch(group -> !group.isEmpty());
    }

    /** Reports whether the sandbox can be chosen: it is not in use, or calls with its key fail. */
    public boolean offersSandbox() {
        return sandboxNeedsKey() || rows.stream().noneMatch(KeyRow::isOfSandbox);
    }

    /** Reports whether posts would come from the sandbox, but no call with its key succeeds. */
    public boolean sandboxNeedsKey() {
        return rows.stream().anyMatch(KeyRow::isOfSandboxAndFails);
    }

    public String lead() {
        long entered = rows.stream().filter(row -> row.key() != null).count();
        return entered + (entered == 1 ? " key" : " keys") + " entered. Keys are encrypted on arrival and never shown again.";
    }
}
