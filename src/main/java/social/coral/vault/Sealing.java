package social.coral.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
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
 * Envelope encryption with Tink: data keys (AES-256-GCM keysets) are wrapped by keys derived from the master key, and
 * everything sealed is bound to the context it was sealed for.
 */
@Component
final class Sealing {

    /** A data key as it is stored: wrapped, with the id of the master key that wrapped it. */
    record WrappedKey(byte[] bytes, String masterKeyId) {}

    /** A data key that was just made. */
    record DataKey(WrappedKey wrapped, Aead aead) {}

    private static final String PURPOSE = "vault/data-keys";

    private final MasterKey masterKey;

    Sealing(MasterKey masterKey) {
        this.masterKey = masterKey;
    }

    /** A new data key under the master key of this name, which the database says is the current one. */
    DataKey newDataKey(String masterKeyId, byte[] context) throws GeneralSecurityException {
        KeysetHandle handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        return new DataKey(wrap(handle, masterKeyId, context), primitive(handle));
    }

    Aead open(WrappedKey wrapped, byte[] context) throws GeneralSecurityException {
        return primitive(unwrap(wrapped, context));
    }

    /** The same data key under another master key. */
    WrappedKey rewrap(WrappedKey wrapped, String masterKeyId, byte[] context) throws GeneralSecurityException {
        return wrap(unwrap(wrapped, context), masterKeyId, context);
    }

    /** The master key that wrapped it; empty when this installation does not know it. */
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

    /** Parts of a context, each led by its length, so that no two lists of parts read the same. */
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
