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
 * The root secret of this installation. It is never used directly: HKDF-SHA256 (RFC 5869) derives a key for each purpose,
 * with the purpose as the info, so that no two uses share a key. There may be several master keys; the database says which
 * one is current, so that all processes agree.
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

    /** Uses the given keys without checking their strength. */
    static MasterKey of(String current, @Nullable String earlier) {
        return new MasterKey(new EnvironmentKey(current.strip().getBytes(StandardCharsets.UTF_8)), earlier);
    }

    /** Reads the existing keys of an installation whose data folder another process may hold. */
    static MasterKey of(InstallationSettings settings, Optional<KeyWrapping> service) {
        return new MasterKey(source(settings, settings.dataFolder().resolve(FILE), service, false), settings.encryptionKeysOld());
    }

    private static KeySource source(InstallationSettings settings, Path file, Optional<KeyWrapping> service, boolean make) {
        if (settings.encryptionKey() != null) {
            if (service.isPresent()) {
                throw new StartFault("ENCRYPTION_KEY and CORAL_KMS_URL are both set. Choose one, and keep the other's key in ENCRYPTION_KEYS_OLD"
                        + " until ./coral keys rotate has finished.");
            }
            return EnvironmentKey.of(settings.encryptionKey());
        }
        if (service.isPresent()) {
            return make ? WrappedKeyFile.openOrCreate(file, service.get()) : new WrappedKeyFile(file, service.get());
        }
        return make ? KeyFile.openOrCreate(file) : new KeyFile(file);
    }

    private List<Root> roots() {
        Stream<byte[]> given = earlier == null ? Stream.empty()
                : Arrays.stream(earlier.split(",")).map(String::strip).filter(key -> !key.isEmpty()).map(key -> key.getBytes(StandardCharsets.UTF_8));
        return Stream.concat(source.read().stream(), given).map(key -> new Root(idOf(key), key)).toList();
    }

    /** Returns the id of every known key, the newest first. An id reveals nothing about its key. */
    public List<String> ids() {
        return known.roots().stream().map(Root::id).toList();
    }

    /** Returns the id of the key that new secrets are sealed under. */
    public String currentId() {
        return known.current().id();
    }

    /** Makes the key with this id the current one. Returns false when it is unknown, even after a reload. */
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

    /** Reads the keys again. Returns true when there was a new one. */
    public synchronized boolean reread() {
        List<String> before = ids();
        List<Root> fresh = roots();
        Root current = known.current();
        boolean gone = fresh.stream().noneMatch(root -> root.id().equals(current.id()));
        known = new Known(gone ? Stream.concat(fresh.stream(), Stream.of(current)).toList() : fresh, current);
        return fresh.stream().anyMatch(root -> !before.contains(root.id()));
    }

    /** Creates a new key, which is known at once but not yet current. */
    public void add() {
        source.add();
        reread();
    }

    /** Permanently deletes every key but the current one. */
    public void forgetEarlier() {
        source.keepOnly(List.of(currentId()));
        reread();
    }

    /** Describes to an operator where the keys are kept. */
    public String location() {
        return source.location();
    }

    /** Derives {@code length} bytes for {@code purpose} from the current key. */
    public byte[] derive(String purpose, int length) {
        return derive(known.current().bytes(), purpose, length);
    }

    /** Derives bytes for the purpose from each known key, the current one first. */
    public List<byte[]> deriveAll(String purpose, int length) {
        return known.currentFirst().map(root -> derive(root.bytes(), purpose, length)).toList();
    }

    /** Returns the sealing keys for {@code purpose}: that of the current master key first, then those of earlier ones. */
    public List<SealingKey> sealingKeys(String purpose) {
        return known.currentFirst().map(root -> sealingKey(root, purpose)).toList();
    }

    /** Returns the sealing key with this id, which is stored beside each sealed value. Reloads the keys when it is unknown. */
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

    /** Derives passwords for one of the product's login roles, the current one first: 43 characters that need no quoting. */
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
