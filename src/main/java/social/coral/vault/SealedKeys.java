package social.coral.vault;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import social.coral.api.Failure;
import social.coral.tenancy.Columns;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

/** Encrypts and decrypts the current tenant's API keys where they are stored. */
final class SealedKeys {

    record Sealed(UUID id, int version, String issuer, byte[] bytes, DataKeys.Stored dataKey) {}

    private final TenantDoor door;
    private final DataKeys dataKeys;

    SealedKeys(TenantDoor door, DataKeys dataKeys) {
        this.door = door;
        this.dataKeys = dataKeys;
    }

    Optional<Sealed> of(ServiceName service) {
        return door.sql("""
                        select k.id, k.version, k.issuer, k.encrypted_key, d.id as data_key_id, d.wrapped_key, d.master_key_id
                        from public.user_api_keys k
                        join public.user_data_keys d on d.user_id = k.user_id and d.id = k.data_key_id
                        where k.user_id = :tenant and d.user_id = :tenant and k.service_name = :service and k.is_active
                        """)
                .param("service", service)
                .first(row -> new Sealed(
                        Columns.id(row),
                        row.getInt("version"),
                        row.getString("issuer"),
                        row.getBytes("encrypted_key"),
                        new DataKeys.Stored(
                                Columns.id(row, "data_key_id"),
                                new Sealing.WrappedKey(row.getBytes("wrapped_key"), row.getString("master_key_id")))));
    }

    Secret decrypt(ServiceName service, Sealed sealed) {
        try {
            Aead aead = dataKeys.open(sealed.dataKey());
            byte[] plain = aead.decrypt(sealed.bytes(), context(service, sealed.id()));
            Secret secret = new Secret(new String(plain, StandardCharsets.UTF_8), sealed.id(), sealed.version());
            Arrays.fill(plain, (byte) 0);
            return secret;
        } catch (GeneralSecurityException e) {
            throw new KeyUnreadable(service, e);
        }
    }

    /** Encrypts and stores a key in place of an earlier one. The bytes that were entered are wiped. */
    void put(ServiceName service, EnteredKey entered, UUID dataKey, Aead aead) throws GeneralSecurityException {
        UUID id = idOf(service).orElseGet(UUID::randomUUID);
        byte[] bytes = entered.bytes();
        byte[] ciphertext = aead.encrypt(bytes, context(service, id));
        Arrays.fill(bytes, (byte) 0);
        store(service, id, ciphertext, dataKey, entered);
    }

    private Optional<UUID> idOf(ServiceName service) {
        return door.sql("select id from public.user_api_keys where user_id = :tenant and service_name = :service for update")
                .param("service", service)
                .first(row -> Columns.id(row));
    }

    private void store(ServiceName service, UUID id, byte[] ciphertext, UUID dataKey, EnteredKey entered) {
        int stored = door.sql("""
                        insert into public.user_api_keys (id, service_name, encrypted_key, data_key_id, hint, issuer)
                        values (:id, :service, :sealed, :dataKey, :hint, :issuer)
                        on conflict (user_id, service_name) do update
                        set encrypted_key = excluded.encrypted_key, data_key_id = excluded.data_key_id, hint = excluded.hint,
                          issuer = excluded.issuer, version = user_api_keys.version + 1, state = 'unchecked', state_detail = null,
                          state_since = excluded.state_since, is_active = true, paused_until = null, pauses = 0,
                          pause_detail = null, last_used_at = null, updated_at = excluded.updated_at
                        where user_api_keys.id = excluded.id
                        """)
                .param("id", id)
                .param("service", service)
                .param("sealed", ciphertext)
                .param("dataKey", dataKey)
                .param("hint", entered.hint())
                .param("issuer", entered.issuer(service))
                .update();
        if (stored == 0) {
            throw Failure.conflict("changed_meanwhile", "This key was saved in another window at the same moment. Save it again.");
        }
    }

    static byte[] context(ServiceName service, UUID id) {
        return Sealing.context("api-key", Tenant.current().id().toString(), service.toString(), id.toString());
    }
}
