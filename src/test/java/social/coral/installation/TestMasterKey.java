package social.coral.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Master keys for tests. */
public final class TestMasterKey {

    private TestMasterKey() {}

    /** The keys that the texts stand for, as they are. */
    public static MasterKey of(String current, @Nullable String earlier) {
        return MasterKey.of(current, earlier);
    }

    /** The keys of a data folder, made if there are none, as a starting process has them. */
    public static MasterKey in(Path folder, Optional<KeyWrapping> service) {
        try (DataFolder data = DataFolder.open(folder)) {
            return new MasterKey(settings(folder), data, service);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static InstallationSettings settings(Path folder) {
        return new InstallationSettings(folder.toString(), null, "cache", null, null, null, null, ProcessRole.ALL, null);
    }
}
