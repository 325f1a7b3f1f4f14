package social.coral.web.keys;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.vault.ApiKey;
import social.coral.vault.ServiceName;

/** Keys that are entered, tested and deleted together, because they work only together; most services have one that works alone. */
public record KeyGroup(List<KeyRow> rows) {

    /** Puts those together that belong together. */
    static List<KeyGroup> all(List<KeyRow> rows) {
        Collection<List<KeyRow>> groups = rows.stream()
                .collect(Collectors.groupingBy(row -> row.service().group(), LinkedHashMap::new, Collectors.toList())).values();
        return groups.stream().map(KeyGroup::new).toList();
    }

    /** Returns the group that this service belongs to. */
    public static KeyGroup of(ServiceName service, List<KeyRow> all) {
        return new KeyGroup(all.stream().filter(row -> service.group().contains(row.service())).toList());
    }

    public boolean isSingle() {
        return rows.size() == 1;
    }

    public KeyRow first() {
        return rows.getFirst();
    }

    public String title() {
        return first().service().groupTitle();
    }

    public boolean isEmpty() {
        return rows.stream().allMatch(row -> row.key() == null);
    }

    /** Reports whether some are entered, and some are not. */
    public boolean isIncomplete() {
        return !isEmpty() && !missing().isEmpty();
    }

    public Set<ServiceName> missing() {
        return rows.stream().filter(row -> row.key() == null).map(KeyRow::service).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Reports whether they can be tested now. */
    public boolean isTestable() {
        return missing().isEmpty() && first().checkable();
    }

    /** Returns the row whose state says most about the group: one that does not work before one that was not checked. */
    KeyRow decisive() {
        return rows.stream().filter(row -> row.key() != null)
                .min(Comparator.comparing((KeyRow row) -> !row.isBroken()).thenComparing(row -> row.acceptedAt() != null))
                .orElse(first());
    }

    public String word() {
        return isIncomplete() && !decisive().isBroken() ? "Incomplete" : decisive().word();
    }

    public @Nullable String tone() {
        return isIncomplete() && !decisive().isBroken() ? "warn" : decisive().tone();
    }

    /** A sentence about the present state; null when there is nothing to add. */
    public @Nullable String detail() {
        return isIncomplete() ? ServiceName.missing(missing()) : decisive().detail();
    }

    /** Reports whether the service refused them. */
    public boolean isRefused() {
        return rows.stream().anyMatch(row -> row.key() != null && row.key().state() == ApiKey.State.REFUSED);
    }

    /** When the service last accepted all of them; null when it did not. */
    public @Nullable Instant acceptedAt() {
        return isIncomplete() ? null : decisive().acceptedAt();
    }

    /** Returns the first key of each group that is known not to work. */
    public static List<ApiKey> broken(List<ApiKey> keys) {
        return keys.stream().filter(ApiKey::isBroken)
                .collect(Collectors.toMap(key -> key.serviceName().group(), key -> key, (one, other) -> one, LinkedHashMap::new))
                .values().stream().toList();
    }
}
