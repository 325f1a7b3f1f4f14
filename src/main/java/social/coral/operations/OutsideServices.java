package social.coral.operations;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.core.env.Environment;
import social.coral.egress.ConnectionProbe;
import social.coral.installation.Finding;

/** Whether the services outside can be reached at all: a connection is opened and closed again, nothing is said. */
final class OutsideServices {

    private static final int PATIENCE_MS = 3_000;

    // The settings of the rooms that talk to them.
    private static final Map<String, String> ADDRESSES = new LinkedHashMap<>();

    static {
        ADDRESSES.put("X", "coral.networks.x-api-url");
        ADDRESSES.put("OpenAI", "coral.models.openai-url");
        ADDRESSES.put("Anthropic", "coral.models.anthropic-url");
    }

    private OutsideServices() {}

    static List<Finding> of(Environment environment) {
        List<Finding> findings = new ArrayList<>();
        // Not closed: a name that no resolver answers for would keep us, and the process ends soon.
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Map<String, Future<Finding>> visits = new LinkedHashMap<>();
        ADDRESSES.forEach((service, setting) -> visits.put(
                service, threads.submit(() -> visit(service, environment.getRequiredProperty(setting)))));
        visits.forEach((service, visit) -> findings.add(outcome(service, visit)));
        return findings;
    }

    private static Finding outcome(String service, Future<Finding> visit) {
        try {
            return visit.get(2L * PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return unreachable(service, "no answer in time");
        } catch (ExecutionException e) {
            return Finding.fault("services", "the address of " + service + " cannot be read (" + e.getCause() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unreachable(service, "interrupted");
        }
    }

    private static Finding visit(String service, String address) {
        URI uri = URI.create(address);
        int port = uri.getPort() > 0 ? uri.getPort() : "http".equals(uri.getScheme()) ? 80 : 443;
        String place = service + " at " + uri.getHost() + ":" + port;
        try {
            ConnectionProbe.ring(uri, Duration.ofMillis(PATIENCE_MS));
            return Finding.ok("services", place + " can be reached");
        } catch (UnknownHostException e) {
            return unreachable(place, "its name is not known here");
        } catch (IOException e) {
            return unreachable(place, String.valueOf(e.getMessage()));
        }
    }

    private static Finding unreachable(String place, String reason) {
        return Finding.warning("services", place + " cannot be reached (" + reason + "); agents that need it will wait; check the network and any proxy");
    }
}
