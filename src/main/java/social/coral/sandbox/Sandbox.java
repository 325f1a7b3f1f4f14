package social.coral.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.egress.Egress;
import social.coral.installation.StartFault;

/**
 * The sandbox network of this process. Starts when first needed, or with the application in demo mode, and listens on the
 * loopback interface only.
 */
public final class Sandbox implements AutoCloseable {

    private static final List<String> EXAMPLES = List.of("reef_notes", "kernel_kettle", "tor_und_taktik");

    private final SandboxSettings settings;
    private final Path journal;
    private final Egress egress;
    private final Clock clock;
    private @Nullable SandboxServer server;

    Sandbox(SandboxSettings settings, Path journal, Egress egress, Clock clock) {
        this.settings = settings;
        this.journal = journal;
        this.egress = egress;
        this.clock = clock;
    }

    /** The base address, to be used like X's. */
    public URI address() {
        InetSocketAddress address = started().address();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /** A read-only key for the sandbox. */
    public String issueToken() {
        started();
        return SandboxRoutes.newToken();
    }

    /** The token with which the owner of a key of the sandbox acts as an account there: the same for the same key, and another for each other. */
    public String actingToken(String key) {
        return SandboxRoutes.actingToken(key);
    }

    /** Writes a post as the account that goes with a key, at a time that is not before its last post, unless it is there; returns its id. */
    public String post(String key, String text, Instant at) {
        return Long.toString(started().post(actingToken(key), text, at.toEpochMilli()));
    }

    /** Authors to start with. */
    public List<String> exampleHandles() {
        return EXAMPLES;
    }

    private synchronized SandboxServer started() {
        SandboxServer running = server;
        if (running == null) {
            running = start();
            egress.allowOwn(running.address());
            server = running;
        }
        return running;
    }

    private SandboxServer start() {
        World world = new World(new OwnAccounts(new Journal(journal)));
        if (settings.demo() && settings.port() == 0) {
            try {
                return new SandboxServer(SandboxSettings.DEMO_PORT, world, clock);
            } catch (IOException e) {
                // Already in use: any free port works as well, and the page says which.
            }
        }
        try {
            return new SandboxServer(settings.port(), world, clock);
        } catch (IOException e) {
            throw new StartFault("The sandbox cannot listen on port " + settings.port()
                    + ". Stop the program that uses it, or choose another port with SANDBOX_PORT.", e);
        }
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.close();
        }
    }
}
