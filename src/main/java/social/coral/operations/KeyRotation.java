package social.coral.operations;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import social.coral.identity.SigningKeySeals;
import social.coral.installation.InstallationSettings;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;
import social.coral.tenancy.OwnerDoor;
import social.coral.tenancy.Tenant;
import social.coral.vault.TenantKeys;

/**
 * Replaces the master key while the product is running. Each step is committed on its own and leaves everything readable, so
 * a rotation that ended halfway is completed by running it again.
 */
final class KeyRotation {

    private static final int PROGRESS_INTERVAL = 1000;

    private final OwnerDoor owner;
    private final MasterKey masterKey;
    private final InstallationSettings settings;
    private final Consumer<String> out;

    KeyRotation(OwnerDoor owner, MasterKey masterKey, InstallationSettings settings, Consumer<String> out) {
        this.owner = owner;
        this.masterKey = masterKey;
        this.settings = settings;
        this.out = out;
    }

    /** Returns true when everything is sealed under the newest key. */
    boolean rotate() {
        owner.takeTurn();
        changeUnlessInProgress();
        int unreadable = new SigningKeySeals(owner.own(), masterKey).reseal().size() + rewrapAll();
        KeyUse use = KeyUse.of(owner, masterKey);
        use.lines().forEach(out);
        if (unreadable > 0 || !use.earlierInUse().isEmpty()) {
            out.accept("Not everything could be moved to the current master key. " + unreadable + " keys cannot be opened, because the master key that"
                    + " sealed them is missing or because they were altered. Add that key to ENCRYPTION_KEYS_OLD and run ./coral keys rotate"
                    + " again. Do not destroy any key before.");
            return false;
        }
        use.unused().forEach(id -> out.accept("Master key " + id + " is not in use anymore. Unless you may still need to restore an earlier backup,"
                + " destroy it with ./coral keys forget."));
        return true;
    }

    /** Makes the newest key the current one. Creates a new key first, unless a newer one exists or an earlier change is unfinished. */
    private void changeUnlessInProgress() {
        owner.follow(masterKey);
        String previous = masterKey.currentId();
        if (masterKey.ids().getFirst().equals(previous)) {
            if (!KeyUse.of(owner, masterKey).earlierInUse().isEmpty()) {
                out.accept("Completing the change to master key " + previous + ".");
                return;
            }
            masterKey.add();
        }
        String newest = masterKey.ids().getFirst();
        owner.change(masterKey, newest, settings);
        out.accept("Master key " + newest + " is now the current one. " + previous + " still opens what it sealed.");
    }

    private int rewrapAll() {
        TenantKeys keys = new TenantKeys(owner.tenants(), masterKey);
        AtomicInteger done = new AtomicInteger();
        AtomicInteger unreadable = new AtomicInteger();
        owner.eachTenant(() -> {
            if (!keys.rewrap()) {
                unreadable.incrementAndGet();
            }
            if (done.incrementAndGet() % PROGRESS_INTERVAL == 0) {
                out.accept(done + " tenants done.");
            }
        });
        return unreadable.get();
    }

    /** Gives one tenant a new data key, and seals all their secrets with it. */
    void renew(String emailOrId) {
        owner.takeTurn();
        owner.follow(masterKey);
        Tenant tenant = owner.named(emailOrId);
        tenant.run(() -> out.accept(new TenantKeys(owner.tenants(), masterKey).renew()
                .map(sealed -> "The tenant has a new data key. Secrets sealed with it: " + sealed + ".")
                .orElse("The tenant has no stored secret yet, and therefore no data key.")));
    }

    /** Permanently deletes the master keys that nothing is sealed under. */
    void forget() {
        owner.takeTurn();
        KeyUse use = KeyUse.of(owner, masterKey);
        if (!use.earlierInUse().isEmpty()) {
            throw new StartFault("Something is still sealed under an earlier master key. ./coral keys status shows it, ./coral keys rotate moves it.");
        }
        List<String> unused = use.unused();
        if (!masterKey.ids().getFirst().equals(use.current())) {
            throw new StartFault("A change to a newer master key has begun. ./coral keys rotate completes it.");
        }
        if (unused.isEmpty()) {
            out.accept("There is no earlier master key to forget.");
            return;
        }
        masterKey.forgetEarlier();
        out.accept("Forgotten: " + String.join(", ", unused) + ". Destroy any copies of it in backups yourself.");
    }
}
