package social.coral.installation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The root secret of this installation. It is never used itself: every purpose gets a key of its own by HKDF-SHA256
 * (RFC 5869), with the purpose as the info, so that no two uses share a key. Several may be known at a time; which of them
 * is the current one, the database says, so that all processes agree.
 */
@Component
public final class MasterKey {

    static final String FILE = "master.key";

    private record Root(String id, byte[] bytes) {}

    /** Newest first. */
    private record Known(List<Root> roots, Root current) {

        Stream<Root> currentFirst() {
            return Stream.concat(Stream.of(current), roots.stream().filter(root -> !root.id().equals(current.id())));
        }

        Optional<Root> named(String id) {
            return roots.stream().filter(root -> root.id().equals(id)).findFirst();
        }
    }

    private final KeySource source;
    private final @Nullable String earlier;
    private final Map<String, SealingKey> sealingKeys = new ConcurrentHashMap<>();
    private volatile Known known;

    @Autowired
    MasterKey(InstallationSettings settings, DataFolder folder, Optional<KeyWrapping> service) {
        this(source(settings, folder.resolve(FILE), service, true), settings.encryptionKeysOld());
    }

    private MasterKey(KeySource source, @Nullable String earlier) {
        this.source = source;
        this.earlier = earlier;
        List<Root> roots = roots();
        this.known = new Known(roots, roots.getFirst());
    }

    /** The keys that the texts stand for, as they are. */
    static MasterKey of(String current, @Nullable String earlier) {
        return new MasterKey(new EnvironmentKey(current.strip().getBytes(StandardCharsets.UTF_8)), earlier);
    }

    /** The keys of an installation whose data folder somebody else may own; there must be some. */
    static MasterKey of(InstallationSettings settings, Optional<KeyWrapping> service) {
        return new MasterKey(source(settings, settings.dataFolder().resolve(FILE), service, false), settings.encryptionKeysOld());
    }

    private static KeySource source(InstallationSettings settings, Path file, Optional<KeyWrapping> service, boolean make) {
        if (settings.encryptionKey() != null) {
            if (service.isPresent()) {
                throw new StartFault("ENCRYPTION_KEY and CORAL_KMS_URL are both set; choose one, and name the other's key in ENCRYPTION_KEYS_OLD"
                        + " until ./coral keys rotate has finished");
            }
            return EnvironmentKey.of(settings.encryptionKey());
        }
        if (service.isPresent()) {
            return make ? WrappedKeyFile.orMade(file, service.get()) : new WrappedKeyFile(file, service.get());
        }
        return make ? KeyFile.orMade(file) : new KeyFile(file);
    }

    private List<Root> roots() {
        Stream<byte[]> given = earlier == null ? Stream.empty()
                : Arrays.stream(earlier.split(",")).map(String::strip).filter(key -> !key.isEmpty()).map(key -> key.getBytes(StandardCharsets.UTF_8));
        return Stream.concat(source.read().stream(), given).map(key -> new Root(idOf(key), key)).toList();
    }

    /** The name of every key that is known, the newest first; tells nothing of the keys. */
    public List<String> ids() {
        return known.roots().stream().map(Root::id).toList();
    }

    /** The name of the key that seals now. */
    public String currentId() {
        return known.current().id();
    }

    /** Makes the key of this name the current one. False when it is not known, even after a look where the keys are kept. */
    public synchronized boolean follow(String id) {
        if (id.equals(currentId())) {
            return true;
        }
        if (known.named(id).isEmpty()) {
            reread();
        }
        Optional<Root> root = known.named(id);
        root.ifPresent(found -> known = new Known(known.roots(), found));
        return root.isPresent();
    }

    /** Looks again where the keys are kept; true when one was there that was not known. */
    public synchronized boolean reread() {
        List<String> before = ids();
        List<Root> fresh = roots();
        Root current = known.current();
        boolean gone = fresh.stream().noneMatch(root -> root.id().equals(current.id()));
        known = new Known(gone ? Stream.concat(fresh.stream(), Stream.of(current)).toList() : fresh, current);
        return fresh.stream().anyMatch(root -> !before.contains(root.id()));
    }

    /** Makes a new key where the keys are kept, known from now on and not yet current. */
    public void add() {
        source.add();
        reread();
    }

    /** Destroys every key but the current one where the keys are kept. */
    public void forgetEarlier() {
        source.keepOnly(List.of(currentId()));
        reread();
    }

    /** Where the keys are kept, as an operator knows it. */
    public String place() {
        return source.place();
    }

    /** {@code length} bytes for {@code purpose} that only the current key yields. */
    public byte[] derive(String purpose, int length) {
        return derive(known.current().bytes(), purpose, length);
    }

    /** What each known key yields for the purpose, the current one's first. */
    public List<byte[]> deriveAll(String purpose, int length) {
        return known.currentFirst().map(root -> derive(root.bytes(), purpose, length)).toList();
    }

    /** Keys that seal for {@code purpose}: the current master key's first, then those that may still open what earlier ones sealed. */
    public List<SealingKey> sealingKeys(String purpose) {
        return known.currentFirst().map(root -> sealingKey(root, purpose)).toList();
    }

    /** The key whose id stands beside something that was sealed; looked for where the keys are kept when it is not known. */
    public Optional<SealingKey> sealingKey(String purpose, String id) {
        Optional<SealingKey> found = find(purpose, id);
        return found.isPresent() || !reread() ? found : find(purpose, id);
    }

    private Optional<SealingKey> find(String purpose, String id) {
        return sealingKeys(purpose).stream().filter(key -> key.id().equals(id)).findFirst();
    }

    private SealingKey sealingKey(Root root, String purpose) {
        return sealingKeys.computeIfAbsent(root.id() + "/" + purpose, unused -> {
            byte[] key = derive(root.bytes(), purpose, 32);
            try {
                return SealingKey.of(HexFormat.of().formatHex(derive(root.bytes(), purpose + "/id", 8)), root.id(), key);
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        });
    }

    /** Passwords for one of the product's own login roles, the current first: 43 characters that need no quoting. */
    public List<String> passwords(String purpose) {
        return deriveAll(purpose, 32).stream().map(bytes -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)).toList();
    }

    static String idOf(byte[] root) {
        return HexFormat.of().formatHex(derive(root, "id", 8));
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
}
