package social.coral.vault;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import social.coral.tenancy.Columns;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;
import social.coral.vault.Sealing.WrappedKey;

/** The tenants' data keys, created on first use. Deleting a tenant's row makes all their secrets unreadable. */
@Component
class DataKeys {

    record Stored(UUID id, WrappedKey wrapped) {}

    /** A replaced data key and its successor. */
    record Renewal(Aead before, Aead after) {}

    private final TenantDoor door;
    private final Sealing sealing;

    DataKeys(TenantDoor door, Sealing sealing) {
        this.door = door;
        this.sealing = sealing;
    }

    /** Returns the current tenant's data key, locked against renewal until the transaction ends. */
    Stored getOrCreate() throws GeneralSecurityException {
        Optional<Stored> existing = find("for share");
        if (existing.isPresent()) {
            return existing.get();
        }
        WrappedKey fresh = sealing.newDataKey(sealingMasterKey(), context()).wrapped();
        door.sql("""
                        insert into public.user_data_keys (wrapped_key, master_key_id) values (:wrapped, :master)
                        on conflict (user_id) do nothing
                        """)
                .param("wrapped", fresh.bytes())
                .param("master", fresh.masterKeyId())
                .update();
        return find("for share").orElseThrow();
    }

    Aead open(Stored key) throws GeneralSecurityException {
        return sealing.open(key.wrapped(), context());
    }

    /** Returns the id of the master key that wraps the data key: an inner empty when it is unknown, an outer one without a data key. */
    Optional<Optional<String>> masterKey() {
        return find("").map(stored -> sealing.masterKeyOf(stored.wrapped()));
    }

    /** Wraps the data key with the current master key. Returns false if that is the case already, or the key is missing or has changed. */
    boolean rewrap() throws GeneralSecurityException {
        Optional<Stored> stored = find("");
        String current = sealingMasterKey();
        if (stored.isEmpty() || sealing.masterKeyOf(stored.get().wrapped()).equals(Optional.of(current))) {
            return false;
        }
        return replace(stored.get(), sealing.rewrap(stored.get().wrapped(), current, context()));
    }

    /** Locks the data key and replaces it with a new one, in the transaction that re-encrypts all secrets. */
    Optional<Renewal> renew() throws GeneralSecurityException {
        Optional<Stored> stored = find("for update");
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        Sealing.DataKey fresh = sealing.newDataKey(sealingMasterKey(), context());
        replace(stored.get(), fresh.wrapped());
        return Optional.of(new Renewal(open(stored.get()), fresh.aead()));
    }

    /** Replaces a data key that cannot be opened, under the same id. Everything encrypted with it is lost. */
    Aead replace(Stored lost) throws GeneralSecurityException {
        Sealing.DataKey fresh = sealing.newDataKey(sealingMasterKey(), context());
        replace(lost, fresh.wrapped());
        return fresh.aead();
    }

    private boolean replace(Stored before, WrappedKey after) {
        return door.sql("""
                                update public.user_data_keys set wrapped_key = :wrapped, master_key_id = :master
                                where user_id = :tenant and id = :id and wrapped_key = :before
                                """)
                        .param("wrapped", after.bytes())
                        .param("master", after.masterKeyId())
                        .param("id", before.id())
                        .param("before", before.wrapped().bytes())
                        .update()
                > 0;
    }

    private String sealingMasterKey() {
        return door.sql("select auth.master_key_id() as id").one(row -> row.getString("id"));
    }

    private Optional<Stored> find(String lock) {
        return door.sql("select id, wrapped_key, master_key_id from public.user_data_keys where user_id = :tenant " + lock)
                .first(row -> new Stored(Columns.id(row), new WrappedKey(row.getBytes("wrapped_key"), row.getString("master_key_id"))));
    }

    private static byte[] context() {
        return Sealing.context("data-key", Tenant.current().id().toString());
    }
}
