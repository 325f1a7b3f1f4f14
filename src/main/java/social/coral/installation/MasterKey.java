package social.coral.installation;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The root secret of this installation. It is never used itself: every purpose gets a key of its own by HKDF-SHA256
 * (RFC 5869), with the purpose as the info, so that no two uses share a key.
 */
@Component
public final class MasterKey {

    static final String FILE = "master.key";

    private final List<byte[]> roots;

    @Autowired
    MasterKey(InstallationSettings settings, DataFolder folder) {
        this(
                settings.encryptionKey() != null
                        ? accepted("ENCRYPTION_KEY", settings.encryptionKey())
                        : accepted("the key in " + folder.resolve(FILE), folder.secret(FILE, generate())),
                settings.encryptionKeysOld());
    }

    private MasterKey(String current, @Nullable String earlier) {
        // Earlier keys are not measured: one that is too weak for today must still open what it sealed.
        Stream<String> old = earlier == null ? Stream.empty() : Arrays.stream(earlier.split(","));
        this.roots = Stream.concat(Stream.of(current), old)
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(key -> key.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** The keys that the texts stand for, as they are. */
    static MasterKey of(String current, @Nullable String earlier) {
        return new MasterKey(current, earlier);
    }

    /** {@code length} bytes that only this installation's current master key yields for {@code purpose}. */
    public byte[] derive(String purpose, int length) {
        return derive(roots.getFirst(), purpose, length);
    }

    /** The name of the current master key and then of each earlier one; tells nothing of the keys. */
    public List<String> ids() {
        return roots.stream().map(root -> HexFormat.of().formatHex(derive(root, "id", 8))).toList();
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

    private static String accepted(String variable, String value) {
        String key = value.strip();
        KeyStrength.weakness(key).ifPresent(weakness -> {
            throw new StartFault(variable + " " + weakness + "; make one with: openssl rand -hex 32");
        });
        return key;
    }
}
