package social.coral.portability;

import java.nio.file.Path;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;
import social.coral.api.CurrentClient;

/** Turns of imports that nobody else waits for. */
public final class Turns {

    private Turns() {}

    public static ImportTurn free() {
        return free(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** One that keeps in this folder what has to wait. */
    public static ImportTurn free(Path folder) {
        return new ImportTurn(new MockHttpServletRequest(), CurrentClient.connection(), ImportBounds.USUAL, new ImportSlots(1), new Spool(folder, DataSize.ofGigabytes(1), () -> false), () -> false, () -> {});
    }
}
