package social.coral.vault;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import social.coral.tenancy.Columns;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

/** Reads and decrypts the current tenant's API keys. */
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

    static byte[] context(ServiceName service, UUID id) {
        return Sealing.context("api-key", Tenant.current().id().toString(), service.toString(), id.toString());
    }
}
