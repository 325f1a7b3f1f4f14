package social.coral.installation;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that a test names beforehand, or starts again where it was. It lies below those that systems give to
 * outgoing connections (from 32768 on Linux, 49152 elsewhere), so that none of these takes it while nobody listens there.
 */
public final class FreePort {

    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final int TRIALS = 100;

    private FreePort() {}

    public static int find() {
        for (int i = 0; i < TRIALS; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody has it.
            }
        }
        throw new IllegalStateException("no port from " + FIRST + " to " + END + " is free");
    }
}
