package social.coral.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {

    private static final String ONE = "5a1f0c93be77d2486013a9ce8db4f2650b9e7714ac3fd08e";
    private static final String OTHER = "c80e4b19f6a3275dd4916b0e7fa85c32e1d96f40b7038ac5";

    @TempDir
    Path folder;

    @Test
    void aKeyIsCreatedOnTheFirstStartForThisUserAloneAndKept() throws IOException {
        String first = key(null, null).ids().getFirst();

        assertThat(key(null, null).ids()).containsExactly(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(MasterKey.FILE)))).isEqualTo("rw-------");
    }

    @Test
    void everyPurposeHasAKeyOfItsOwnAndEveryMasterKeyOtherOnes() {
        assertThat(key(ONE, null).derive("a", 32)).isEqualTo(key(ONE, null).derive("a", 32)).isNotEqualTo(key(ONE, null).derive("b", 32));
        assertThat(key(OTHER, null).derive("a", 32)).isNotEqualTo(key(ONE, null).derive("a", 32));
    }

    @Test
    void earlierKeysFollowTheCurrentOne() {
        MasterKey rotated = key(OTHER, ONE + " , ");

        assertThat(rotated.ids()).containsExactly(key(OTHER, null).ids().getFirst(), key(ONE, null).ids().getFirst());
        assertThat(rotated.derive("a", 32)).isEqualTo(key(OTHER, null).derive("a", 32));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "5a1f0c93be77d2486013a9ce8db4f26",
        "your-32-character-encryption-key",
        "your-32-character-encryption-key-here",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "CHANGE_ME_CHANGE_ME_CHANGE_ME_CHANGE_ME",
        "00000000000000000000000000000000",
        "0123456789abcdef0123456789abcdef",
        "q7Rt2xVb9q7Rt2xVb9q7Rt2xVb9q7Rt2xVb9",
        "abcdefghijklmnopqrstuvwxyz123456",
    })
    void aKeyThatCouldBeGuessedIsRefusedAndNotRepeated(String weak) {
        assertThatThrownBy(() -> key(weak, null))
                .isInstanceOf(StartFault.class)
                .hasMessageStartingWith("ENCRYPTION_KEY is ")
                .hasMessageContaining("openssl rand -hex 32")
                .hasMessageNotContaining(weak);
    }

    private MasterKey key(@Nullable String current, @Nullable String old) {
        try (DataFolder data = DataFolder.open(folder)) {
            return new MasterKey(
                    new InstallationSettings(folder.toString(), null, "cache", null, null, current, old, ProcessRole.ALL, null), data, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
