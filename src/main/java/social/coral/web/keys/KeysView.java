package social.coral.web.keys;

import java.util.List;

/** All services with what is stored for each. */
public record KeysView(List<KeyRow> rows) {

    /** Whether the sandbox can be chosen: it is not where posts come from now. */
    public boolean offersSandbox() {
        return rows.stream().noneMatch(row -> row.key() != null && row.key().sandbox());
    }


    public String lead() {
        long entered = rows.stream().filter(row -> row.key() != null).count();
        return entered + " of " + rows.size() + " entered · sealed as soon as they arrive, never shown again";
    }
}
