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
 * Counts what is sealed under each master key.
 *
 * @param current the id of the current master key
 * @param counts by the id of a master key, the current one first; {@code unknown} for master keys that are missing here
 */
record KeyUse(String current, Map<String, Count> counts) {

    private static final String UNKNOWN = "unknown";

    record Count(int dataKeys, int signingKeys) {

        Count plus(Count other) {
            return new Count(dataKeys + other.dataKeys, signingKeys + other.signingKeys);
        }

        String inWords() {
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

    /** Returns the other master keys that something is still sealed under. */
    List<String> earlierInUse() {
        return counts.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(current) && !entry.getValue().equals(new Count(0, 0)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns the known master keys that nothing is sealed under anymore. */
    List<String> unused() {
        return counts.keySet().stream().filter(id -> !id.equals(current) && !id.equals(UNKNOWN) && !earlierInUse().contains(id)).toList();
    }

    List<String> lines() {
        return counts.entrySet().stream()
                .map(entry -> (entry.getKey().equals(UNKNOWN) ? "a missing master key" : "master key " + entry.getKey())
                        + (entry.getKey().equals(current) ? " (current)" : "") + ": " + entry.getValue().inWords())
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
                findings.add(Finding.fault("keys", "What is sealed under a missing master key cannot be opened. Add that key to ENCRYPTION_KEYS_OLD"
                        + " and run ./coral keys rotate, or ask the affected people to enter their keys again."));
            } else if (!use.earlierInUse().isEmpty()) {
                findings.add(Finding.warning("keys", "A change of the master key was not finished. ./coral keys rotate completes it."));
            }
        } catch (StartFault fault) {
            findings.add(Finding.warning("keys", String.valueOf(fault.getMessage())));
        }
        return findings;
    }
}
