package social.coral.installation;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.springframework.stereotype.Component;

/**
 * The root secret of this installation. It is never used itself: every purpose gets a key of its own by HKDF-SHA256
 * (RFC 5869), with the purpose as the info, so that no two uses share a key.
 */
@Component
public final class MasterKey {

    private static final int MINIMUM_LENGTH = 32;

    private final List<byte[]> roots;

    MasterKey(InstallationSettings settings, DataFolder folder) {
        String current = settings.encryptionKey() != null && !settings.encryptionKey().isBlank()
                ? settings.encryptionKey()
                : folder.secret("master.key", generate());
        List<byte[]> all = new ArrayList<>();
        all.add(accepted("ENCRYPTION_KEY", current));
        if (settings.encryptionKeysOld() != null && !settings.encryptionKeysOld().isBlank()) {
            for (String old : settings.encryptionKeysOld().split(",")) {
                all.add(accepted("ENCRYPTION_KEYS_OLD", old));
            }
        }
        this.roots = List.copyOf(all);
    }

    /** {@code length} bytes that only this installation's current master key yields for {@code purpose}. */
    public byte[] derive(String purpose, int length) {
        return derive(roots.getFirst(), purpose, length);
    }

    /** Keys that seal for {@code purpose}: the current master key's first, then those that may still open what earlier ones sealed. */
    public List<SealingKey> sealingKeys(String purpose) {
        return roots.stream()
                .map(root -> SealingKey.of(
                        HexFormat.of().formatHex(derive(root, purpose + "/id", 8)), derive(root, purpose, 32)))
                .toList();
    }

    private static byte[] derive(byte[] root, String purpose, int length) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(root)
                            .thenExpand(("coral/" + purpose).getBytes(StandardCharsets.UTF_8), length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks HKDF-SHA256", e);
        }
    }

    /** A password for one of the product's own login roles: 43 characters that need no quoting. */
    public String password(String purpose) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(derive(purpose, 32));
    }

    private static String generate() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] accepted(String variable, String value) {
        String key = value.strip();
        String remedy = "; make one with: openssl rand -hex 32";
        if (key.length() < MINIMUM_LENGTH) {
            throw new StartFault(variable + " is too short (" + key.length() + " characters, at least " + MINIMUM_LENGTH + " are needed)" + remedy);
        }
        if (key.chars().distinct().count() < 8) {
            throw new StartFault(variable + " repeats the same few characters and could be guessed" + remedy);
        }
        String lower = key.toLowerCase(Locale.ROOT);
        if (lower.contains("encryption-key") || lower.contains("changeme") || lower.contains("placeholder")) {
            throw new StartFault(variable + " is a known placeholder and would protect nothing" + remedy);
        }
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
