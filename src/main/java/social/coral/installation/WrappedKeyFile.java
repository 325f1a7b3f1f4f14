package social.coral.installation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A file of keys that a key service outside has wrapped: a key a line, the newest first. A plain line is a key from before
 * the service was used; it still opens what it sealed.
 */
final class WrappedKeyFile implements KeySource {

    private final SecretFile file;
    private final KeyWrapping service;
    // So that a service that is down keeps nobody from what was opened before.
    private final Map<String, byte[]> opened = new ConcurrentHashMap<>();

    /** The file, with a first key in it if it is not there yet. */
    static WrappedKeyFile orMade(Path path, KeyWrapping service) {
        WrappedKeyFile keys = new WrappedKeyFile(path, service);
        keys.file.readOrMake(keys::generate);
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
            throw new StartFault("the file " + file.path() + " holds no key; put the backup of it back");
        }
        return keys;
    }

    private List<String> lines() {
        return file.read().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private byte[] open(String line) {
        return service.wrapped(line) ? opened.computeIfAbsent(line, service::unwrap) : line.getBytes(StandardCharsets.UTF_8);
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
    public String place() {
        return file.path() + ", wrapped by " + service.place();
    }
}
