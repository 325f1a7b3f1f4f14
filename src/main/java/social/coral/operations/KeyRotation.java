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
 * Puts a new master key in the place of the present one while the product serves. Each step is committed by itself and
 * leaves everything readable, so that a rotation that ended half-way is gone on with by running it again.
 */
final class KeyRotation {

    private static final int TELL_EVERY = 1000;

    private final OwnerDoor owner;
    private final MasterKey masterKey;
    private final InstallationSettings settings;
    private final Consumer<String> tell;

    KeyRotation(OwnerDoor owner, MasterKey masterKey, InstallationSettings settings, Consumer<String> tell) {
        this.owner = owner;
        this.masterKey = masterKey;
        this.settings = settings;
        this.tell = tell;
    }

    /** True when everything is sealed under the newest key. */
    boolean rotate() {
        owner.takeTurn();
        changeUnlessUnderWay();
        int unreadable = new SigningKeySeals(owner.own(), masterKey).reseal().size() + rewrapAll();
        KeyUse use = KeyUse.of(owner, masterKey);
        use.lines().forEach(tell);
        if (unreadable > 0 || !use.earlierInUse().isEmpty()) {
            tell.accept("Not everything could be moved to the current master key: " + unreadable + " keys do not open, because the master key that"
                    + " sealed them is not here or because they were altered. Bring that key back in ENCRYPTION_KEYS_OLD and run ./coral keys rotate"
                    + " again. Destroy no key before.");
            return false;
        }
        use.free().forEach(id -> tell.accept("Master key " + id + " is in use by nothing any more. When no backup from before is to be restored,"
                + " destroy it: ./coral keys forget"));
        return true;
    }

    /** The newest key becomes the current one; a new one is made unless one waits for that or an earlier change is not finished. */
    private void changeUnlessUnderWay() {
        owner.follow(masterKey);
        String present = masterKey.currentId();
        if (masterKey.ids().getFirst().equals(present)) {
            if (!KeyUse.of(owner, masterKey).earlierInUse().isEmpty()) {
                tell.accept("Going on with the change to master key " + present);
                return;
            }
            masterKey.add();
        }
        String newest = masterKey.ids().getFirst();
        owner.change(masterKey, newest, settings);
        tell.accept("Master key " + newest + " is the current one now; " + present + " still opens what it sealed");
    }

    private int rewrapAll() {
        TenantKeys keys = new TenantKeys(owner.tenants(), masterKey);
        AtomicInteger done = new AtomicInteger();
        AtomicInteger unreadable = new AtomicInteger();
        owner.eachTenant(() -> {
            if (!keys.rewrap()) {
                unreadable.incrementAndGet();
            }
            if (done.incrementAndGet() % TELL_EVERY == 0) {
                tell.accept(done + " tenants done");
            }
        });
        return unreadable.get();
    }

    /** A new data key for one tenant, with everything of theirs sealed by it. */
    void renew(String emailOrId) {
        owner.takeTurn();
        owner.follow(masterKey);
        Tenant tenant = owner.tenant(emailOrId).orElseThrow(() -> new StartFault("nobody here has the address or id " + emailOrId));
        tenant.run(() -> tell.accept(new TenantKeys(owner.tenants(), masterKey).renew()
                .map(sealed -> "The tenant has a new data key; secrets sealed with it: " + sealed)
                .orElse("The tenant has stored no secret yet, and so has no data key")));
    }

    /** Destroys the keys that nothing is sealed under. */
    void forget() {
        owner.takeTurn();
        KeyUse use = KeyUse.of(owner, masterKey);
        if (!use.earlierInUse().isEmpty()) {
            throw new StartFault("something is still sealed under an earlier master key; ./coral keys rotate moves it, ./coral keys status shows it");
        }
        List<String> free = use.free();
        if (!masterKey.ids().getFirst().equals(use.current())) {
            throw new StartFault("a change to a newer master key has begun; ./coral keys rotate continues it");
        }
        if (free.isEmpty()) {
            tell.accept("There is no earlier master key to forget");
            return;
        }
        masterKey.forgetEarlier();
        tell.accept("Forgotten: " + String.join(", ", free) + ". Copies of it in backups are yours to destroy.");
    }
}
