package social.coral.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.springframework.stereotype.Component;
import social.coral.installation.MasterKey;
import social.coral.installation.SealingKey;

/**
 * Envelope encryption with Tink: keys derived from the master key wrap data keys (AES-256-GCM keysets), and everything encrypted is
 * bound to its context.
 */
@Component
final class Sealing {

    /** A wrapped data key, with the id of the key that wrapped it. */
    record WrappedKey(byte[] bytes, String masterKeyId) {}

    record DataKey(WrappedKey wrapped, Aead aead) {}

    private static final String PURPOSE = "vault/data-keys";

    private final MasterKey masterKey;

    Sealing(MasterKey masterKey) {
        this.masterKey = masterKey;
    }

    /** Creates a data key under the master key with this id. */
    DataKey newDataKey(String masterKeyId, byte[] context) throws GeneralSecurityException {
        // Nothing may have been opened in this process yet, which registers it as well.
        AeadConfig.register();
        KeysetHandle handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        return new DataKey(wrap(handle, masterKeyId, context), primitive(handle));
    }

    Aead open(WrappedKey wrapped, byte[] context) throws GeneralSecurityException {
        return primitive(unwrap(wrapped, context));
    }

    /** Wraps the data key with another master key. */
    WrappedKey rewrap(WrappedKey wrapped, String masterKeyId, byte[] context) throws GeneralSecurityException {
        return wrap(unwrap(wrapped, context), masterKeyId, context);
    }

    /** Returns the id of the master key that wrapped it; empty when it is unknown. */
    Optional<String> masterKeyOf(WrappedKey wrapped) {
        return masterKey.sealingKey(PURPOSE, wrapped.masterKeyId()).map(SealingKey::masterKeyId);
    }

    private WrappedKey wrap(KeysetHandle handle, String masterKeyId, byte[] context) throws GeneralSecurityException {
        if (!masterKey.follow(masterKeyId)) {
            throw new GeneralSecurityException("no master key " + masterKeyId);
        }
        SealingKey wrapper = masterKey.sealingKeys(PURPOSE).stream()
                .filter(key -> key.masterKeyId().equals(masterKeyId))
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("no master key " + masterKeyId));
        return new WrappedKey(TinkProtoKeysetFormat.serializeEncryptedKeyset(handle, wrapper.aead(), context), wrapper.id());
    }

    private KeysetHandle unwrap(WrappedKey wrapped, byte[] context) throws GeneralSecurityException {
        SealingKey wrapper = masterKey.sealingKey(PURPOSE, wrapped.masterKeyId())
                .orElseThrow(() -> new GeneralSecurityException("no master key with id " + wrapped.masterKeyId()));
        return TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped.bytes(), wrapper.aead(), context);
    }

    private static Aead primitive(KeysetHandle handle) throws GeneralSecurityException {
        return handle.getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    /** Encodes the parts of a context with their lengths, so that different parts never give the same bytes. */
    static byte[] context(String... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (String part : parts) {
                byte[] encoded = part.getBytes(StandardCharsets.UTF_8);
                out.writeInt(encoded.length);
                out.write(encoded);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
