package social.coral.networks;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import social.coral.egress.Egress;
import social.coral.egress.TestEgress;
import social.coral.sandbox.Sandbox;
import social.coral.sandbox.TestSandbox;
import social.coral.services.Backoff;
import social.coral.services.EnteredCalls;

class SandboxContractTest extends SocialNetworkContract {

    @TempDir
    static Path folder;

    private static final Egress EGRESS = TestEgress.openTo();
    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = TestSandbox.in(folder, EGRESS, Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Override
    SocialNetwork network(boolean goodKey) {
        Networks networks = new Networks(EGRESS, new NetworksSettings("https://api.x.com"), sandbox, Clock.systemUTC(),
                new Backoff(() -> 0L, duration -> {}));
        return networks.with(goodKey ? sandbox.issueToken() : "sandbox-expired-1", new EnteredCalls());
    }
}
