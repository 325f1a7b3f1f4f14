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
import java.util.List;
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

    private final List<SealingKey> wrappers;

    Sealing(MasterKey masterKey) {
        this.wrappers = masterKey.sealingKeys("vault/data-keys");
    }

    WrappedKey newDataKey(byte[] context) throws GeneralSecurityException {
        KeysetHandle handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        SealingKey current = wrappers.getFirst();
        return new WrappedKey(TinkProtoKeysetFormat.serializeEncryptedKeyset(handle, current.aead(), context), current.id());
    }

    Aead open(WrappedKey wrapped, byte[] context) throws GeneralSecurityException {
        SealingKey wrapper = wrappers.stream()
                .filter(candidate -> candidate.id().equals(wrapped.masterKeyId()))
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("no master key with id " + wrapped.masterKeyId()));
        return TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped.bytes(), wrapper.aead(), context)
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
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
