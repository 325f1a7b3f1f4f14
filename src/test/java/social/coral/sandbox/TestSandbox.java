package social.coral.sandbox;

import java.nio.file.Path;
import java.time.Clock;
import social.coral.egress.Egress;

/** A sandbox for tests of other rooms, on a free port. */
public final class TestSandbox {

    private TestSandbox() {}

    public static Sandbox in(Path folder, Egress egress, Clock clock) {
        return new Sandbox(new SandboxSettings(0, false), folder.resolve("sandbox.jsonl"), egress, clock);
    }
}
