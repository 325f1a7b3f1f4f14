package social.coral.operations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import social.coral.identity.SigningKeySeals;
import social.coral.installation.DatabaseServer;
import social.coral.installation.Finding;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;
import social.coral.tenancy.OwnerDoor;
import social.coral.vault.TenantKeys;

/**
 * What is sealed under which master key.
 *
 * @param current the name of the master key that seals now
 * @param counts by the name of a master key, the current one's first; {@code unknown} for keys that are not here
 */
record KeyUse(String current, Map<String, Count> counts) {

    private static final String UNKNOWN = "unknown";

    record Count(int dataKeys, int signingKeys) {

        Count plus(Count other) {
            return new Count(dataKeys + other.dataKeys, signingKeys + other.signingKeys);
        }

        String words() {
            return counted(dataKeys, "tenant's data key", "tenants' data keys") + " and " + counted(signingKeys, "signing key", "signing keys");
        }

        private static String counted(int number, String one, String many) {
            return number + " " + (number == 1 ? one : many);
        }
    }

    static KeyUse of(OwnerDoor owner, MasterKey masterKey) {
        owner.follow(masterKey);
        Map<String, Count> counts = new LinkedHashMap<>();
        counts.put(masterKey.currentId(), new Count(0, 0));
        masterKey.ids().forEach(id -> counts.putIfAbsent(id, new Count(0, 0)));
        TenantKeys keys = new TenantKeys(owner.tenants(), masterKey);
        owner.eachTenant(() -> keys.masterKey().ifPresent(id -> counts.merge(id, new Count(1, 0), Count::plus)));
        new SigningKeySeals(owner.own(), masterKey).masterKeys().forEach(id -> counts.merge(id, new Count(0, 1), Count::plus));
        return new KeyUse(masterKey.currentId(), counts);
    }

    /** Master keys, but for the current one, under which something is still sealed. */
    List<String> earlierInUse() {
        return counts.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(current) && !entry.getValue().equals(new Count(0, 0)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Master keys that are known here and under which nothing is sealed any more. */
    List<String> free() {
        return counts.keySet().stream().filter(id -> !id.equals(current) && !id.equals(UNKNOWN) && !earlierInUse().contains(id)).toList();
    }

    List<String> lines() {
        return counts.entrySet().stream()
                .map(entry -> (entry.getKey().equals(UNKNOWN) ? "a master key that is not here" : "master key " + entry.getKey())
                        + (entry.getKey().equals(current) ? " (current)" : "") + ": " + entry.getValue().words())
                .toList();
    }

    static List<Finding> findings(DatabaseServer server, MasterKey masterKey) {
        List<Finding> findings = new ArrayList<>();
        try (OwnerDoor owner = OwnerDoor.open(server)) {
            KeyUse use = of(owner, masterKey);
            boolean lost = use.counts().containsKey(UNKNOWN);
            for (String line : use.lines()) {
                findings.add(Finding.ok("keys", line));
            }
            if (lost) {
                findings.add(Finding.fault("keys", "what is sealed under a master key that is not here does not open; bring that key back in"
                        + " ENCRYPTION_KEYS_OLD and run ./coral keys rotate, or let its owners enter their keys again"));
            } else if (!use.earlierInUse().isEmpty()) {
                findings.add(Finding.warning("keys", "a change of the master key was not finished; ./coral keys rotate continues it"));
            }
        } catch (StartFault fault) {
            findings.add(Finding.warning("keys", String.valueOf(fault.getMessage())));
        }
        return findings;
    }
}
