package social.coral.installation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The generated file in the data folder: a key a line, the newest first, readable for this user alone. */
final class KeyFile implements KeySource {

    private final SecretFile file;

    /** The file, with a first key in it if it is not there yet. */
    static KeyFile orMade(Path path) {
        KeyFile keys = new KeyFile(path);
        keys.file.readOrMake(KeyFile::generate);
        return keys;
    }

    KeyFile(Path path) {
        this.file = new SecretFile(path);
    }

    @Override
    public List<byte[]> read() {
        List<String> lines = file.read().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        // Earlier keys are not measured: one that is too weak for today must still open what it sealed.
        KeyStrength.accepted("the key in " + place(), lines.isEmpty() ? "" : lines.getFirst());
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
    public String place() {
        return file.path().toString();
    }

    static String generate() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
