package social.coral.vault;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import social.coral.installation.MasterKey;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** Rewraps and renews the current tenant's data key for the operator's commands. */
public final class TenantKeys {

    private final TenantDoor door;
    private final DataKeys dataKeys;

    public TenantKeys(TenantDoor door, MasterKey masterKey) {
        this.door = door;
        this.dataKeys = new DataKeys(door, new Sealing(masterKey));
    }

    /** Returns the id of the master key that wraps the data key, if there is a data key; {@code unknown} for a missing master key. */
    public Optional<String> masterKey() {
        return dataKeys.masterKey().map(known -> known.orElse("unknown"));
    }

    /** Wraps the data key with the current master key, if another one wraps it. Returns false when it cannot be opened. */
    public boolean rewrap() {
        try {
            dataKeys.rewrap();
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * Gives the tenant a new data key and re-encrypts every secret with it, in one transaction. A secret that cannot be decrypted is
     * left unchanged.
     *
     * @return how many secrets were re-encrypted; empty without a data key
     * @throws IllegalStateException when the data key itself cannot be opened
     */
    public Optional<Integer> renew() {
        return door.transaction(() -> {
            try {
                return dataKeys.renew().map(this::reencryptAll);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the tenant's data key cannot be opened; restore the master key that wraps it", e);
            }
        });
    }

    private int reencryptAll(DataKeys.Renewal renewal) {
        record Sealed(UUID id, ServiceName service, byte[] bytes) {}
        List<Sealed> all = door.sql("""
                        select id, service_name, encrypted_key from public.user_api_keys
                        where user_id = :tenant order by service_name limit 100 for update
                        """)
                .list(row -> new Sealed(Columns.id(row), ServiceName.named(row.getString("service_name")).orElseThrow(), row.getBytes("encrypted_key")));
        int sealed = 0;
        for (Sealed secret : all) {
            byte[] context = SealedKeys.context(secret.service(), secret.id());
            Optional<byte[]> fresh = reencrypt(renewal.before(), renewal.after(), secret.bytes(), context);
            if (fresh.isPresent()) {
                sealed += door.sql("update public.user_api_keys set encrypted_key = :sealed where user_id = :tenant and id = :id")
                        .param("sealed", fresh.get())
                        .param("id", secret.id())
                        .update();
            }
        }
        return sealed;
    }

    private static Optional<byte[]> reencrypt(Aead before, Aead after, byte[] bytes, byte[] context) {
        byte[] plain;
        try {
            plain = before.decrypt(bytes, context);
        } catch (GeneralSecurityException unreadable) {
            return Optional.empty();
        }
        try {
            return Optional.of(after.encrypt(plain, context));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a secret could not be encrypted", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }
}
