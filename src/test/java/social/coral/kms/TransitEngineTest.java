package social.coral.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.coral.egress.TestEgress;
import social.coral.installation.KeyWrapping;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;
import social.coral.installation.TestMasterKey;

class TransitEngineTest {

    @TempDir
    Path folder;

    private TransitServer server;
    private Optional<KeyWrapping> engine;

    @BeforeEach
    void aServer() {
        server = new TransitServer();
        engine = Optional.of(engine(TransitServer.TOKEN, TransitServer.KEY));
    }

    @AfterEach
    void stopped() {
        server.close();
    }

    @Test
    void theMasterKeyIsStoredWrappedAndOpensAgain() throws IOException {
        MasterKey made = TestMasterKey.in(folder, engine);

        assertThat(file()).startsWith("vault:v1:").hasLineCount(1);
        MasterKey again = TestMasterKey.in(folder, engine);
        assertThat(again.ids()).isEqualTo(made.ids());
        assertThat(again.derive("a", 32)).isEqualTo(made.derive("a", 32));
    }

    @Test
    void aGeneratedFileIsWrappedByTheServiceFromTheNextKeyOn() throws IOException {
        String plain = TestMasterKey.in(folder, Optional.empty()).currentId();

        MasterKey key = TestMasterKey.in(folder, engine);
        assertThat(key.currentId()).isEqualTo(plain);
        key.add();
        assertThat(key.ids()).hasSize(2).last().isEqualTo(plain);
        assertThat(key.follow(key.ids().getFirst())).isTrue();
        key.forgetEarlier();

        assertThat(file()).startsWith("vault:v1:").hasLineCount(1);
        assertThat(TestMasterKey.in(folder, engine).ids()).containsExactly(key.currentId());
    }

    @Test
    void runningProcessesKeepWorkingWhileTheServiceIsDown() {
        MasterKey key = TestMasterKey.in(folder, engine);
        int asked = server.asked.get();
        server.fault = "503";

        assertThat(key.reread()).isFalse();
        assertThat(key.sealingKey("a", key.sealingKeys("a").getFirst().id())).isPresent();
        assertThat(server.asked).hasValue(asked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "403 | refuses CORAL_KMS_TOKEN",
        "404 | has no key of this name",
        "503 | is sealed or not active",
        "500 | answered with status 500",
        "garbage | did not answer like a transit engine",
        "liar | returned something else",
        "silent | did not answer",
    })
    void eachFaultIsReportedWithItsRemedyAndNoKeyIsWritten(String fault, String expected) {
        server.fault = fault;

        assertThatThrownBy(() -> TestMasterKey.in(folder, engine))
                .isInstanceOf(StartFault.class)
                .hasMessageContaining(expected)
                .hasMessageContaining("the transit key coral of 127.0.0.1")
                .hasMessageNotContaining(TransitServer.TOKEN);
        assertThat(folder.resolve("master.key")).doesNotExist();
    }

    @Test
    void aWrongTokenAnotherKeyAndAnAlteredFileAreRefused() throws IOException {
        TestMasterKey.in(folder, engine);

        assertThatThrownBy(() -> TestMasterKey.in(folder, Optional.of(engine("another", TransitServer.KEY)))).hasMessageContaining("CORAL_KMS_TOKEN");
        assertThatThrownBy(() -> TestMasterKey.in(folder, Optional.of(engine(TransitServer.TOKEN, "other")))).hasMessageContaining("no key of this name");
        Files.writeString(folder.resolve("master.key"), file().replaceFirst(".$", "") + "AAAA");
        assertThatThrownBy(() -> TestMasterKey.in(folder, engine)).isInstanceOf(StartFault.class);
    }

    private KeyWrapping engine(String token, String key) {
        return new TransitEngine(TestEgress.openTo(server.url()), new KmsSettings(server.url(), token, key), Duration.ofSeconds(2));
    }

    private String file() throws IOException {
        return Files.readString(folder.resolve("master.key"));
    }
}
