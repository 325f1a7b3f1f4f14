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

/** Each tenant's data key, made on first need. Whoever destroys the row destroys the tenant's secrets. */
@Component
class DataKeys {

    record Stored(UUID id, WrappedKey wrapped) {}


    private final TenantDoor door;
    private final Sealing sealing;

    DataKeys(TenantDoor door, Sealing sealing) {
        this.door = door;
        this.sealing = sealing;
    }

    /** The current tenant's data key; called inside the transaction that seals something with it. */
    Stored currentOrNew() throws GeneralSecurityException {
        Optional<Stored> existing = find();
        if (existing.isPresent()) {
            return existing.get();
        }
        WrappedKey fresh = sealing.newDataKey(context());
        door.sql("""
                        insert into public.user_data_keys (wrapped_key, master_key_id) values (:wrapped, :master)
                        on conflict (user_id) do nothing
                        """)
                .param("wrapped", fresh.bytes())
                .param("master", fresh.masterKeyId())
                .update();
        return find().orElseThrow();
    }

    Aead open(Stored key) throws GeneralSecurityException {
        return sealing.open(key.wrapped(), context());
    }

    Optional<Stored> find() {
        return door.sql("select id, wrapped_key, master_key_id from public.user_data_keys where user_id = :tenant")
                .first(row -> new Stored(
                        Columns.id(row),
                        new WrappedKey(row.getBytes("wrapped_key"), row.getString("master_key_id"))));
    }

    private static byte[] context() {
        return Sealing.context("data-key", Tenant.current().id().toString());
    }
}
