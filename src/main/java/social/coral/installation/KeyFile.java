package social.coral.installation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The generated key file in the data folder, readable for this user alone: one key per line, the newest first. */
final class KeyFile implements KeySource {

    private final SecretFile file;

    /** Opens the file, and creates it with a first key if it is missing. */
    static KeyFile openOrCreate(Path path) {
        KeyFile keys = new KeyFile(path);
        keys.file.readOrCreate(KeyFile::generate);
        return keys;
    }

    KeyFile(Path path) {
        this.file = new SecretFile(path);
    }

    @Override
    public List<byte[]> read() {
        List<String> lines = file.read().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        // Earlier keys are not checked: one that is too weak by today's rules must still open what it sealed.
        KeyStrength.requireStrong("The key in " + location(), lines.isEmpty() ? "" : lines.getFirst());
        return lines.stream().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    }

    @Override
    public void add() {
        String before = file.read();
        file.replace(generate() + "\n" + before);
    }

    @Override
    public void keepOnly(List<String> ids) {
        file.replace(read().stream()
                .filter(key -> ids.contains(MasterKey.idOf(key)))
                .map(key -> new String(key, StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n")));
    }

    @Override
    public String location() {
        return file.path().toString();
    }

    static String generate() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
