package social.coral.installation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A file of keys wrapped by an external key service: one key per line, the newest first. A plain line is a key from before
 * the service was used; it still opens what it sealed.
 */
final class WrappedKeyFile implements KeySource {

    private final SecretFile file;
    private final KeyWrapping service;
    // Keys that were unwrapped before stay usable while the service is down.
    private final Map<String, byte[]> opened = new ConcurrentHashMap<>();

    /** Opens the file, and creates it with a first key if it is missing. */
    static WrappedKeyFile openOrCreate(Path path, KeyWrapping service) {
        WrappedKeyFile keys = new WrappedKeyFile(path, service);
        keys.file.readOrCreate(keys::generate);
        return keys;
    }

    WrappedKeyFile(Path path, KeyWrapping service) {
        this.file = new SecretFile(path);
        this.service = service;
    }

    @Override
    public List<byte[]> read() {
        List<byte[]> keys = lines().stream().map(this::open).toList();
        if (keys.isEmpty()) {
            throw new StartFault("The file " + file.path() + " holds no key. Restore it from its backup.");
        }
        return keys;
    }

    private List<String> lines() {
        return file.read().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private byte[] open(String line) {
        return service.isWrapped(line) ? opened.computeIfAbsent(line, service::unwrap) : line.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void add() {
        String before = file.read();
        file.replace(generate() + "\n" + before);
    }

    private String generate() {
        return service.wrap(KeyFile.generate().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void keepOnly(List<String> ids) {
        file.replace(lines().stream().filter(line -> ids.contains(MasterKey.idOf(open(line)))).collect(Collectors.joining("\n")));
    }

    @Override
    public String location() {
        return file.path() + ", wrapped by " + service.location();
    }
}
