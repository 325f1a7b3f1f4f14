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

/** Checks whether external services are reachable: opens a connection and closes it without sending anything. */
final class ExternalServices {

    private static final int TIMEOUT_MS = 3_000;

    private static final Map<String, String> ADDRESSES = new LinkedHashMap<>();

    static {
        ADDRESSES.put("X", "coral.networks.x-api-url");
        ADDRESSES.put("OpenAI", "coral.models.openai-url");
        ADDRESSES.put("Anthropic", "coral.models.anthropic-url");
        ADDRESSES.put("Perplexity", "coral.models.perplexity-url");
    }

    private ExternalServices() {}

    static List<Finding> of(Environment environment) {
        List<Finding> findings = new ArrayList<>();
        // Not closed, because an unanswered name lookup would block it. The process ends soon anyway.
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Map<String, Future<Finding>> probes = new LinkedHashMap<>();
        ADDRESSES.forEach((service, setting) -> probes.put(
                service, threads.submit(() -> probe(service, environment.getRequiredProperty(setting)))));
        probes.forEach((service, probe) -> findings.add(outcome(service, probe)));
        return findings;
    }

    private static Finding outcome(String service, Future<Finding> probe) {
        try {
            return probe.get(2L * TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return unreachable(service, "no answer in time");
        } catch (ExecutionException e) {
            return Finding.fault("services", "The address of " + service + " is invalid (" + e.getCause() + ").");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unreachable(service, "interrupted");
        }
    }

    private static Finding probe(String service, String address) {
        URI uri = URI.create(address);
        int port = uri.getPort() > 0 ? uri.getPort() : "http".equals(uri.getScheme()) ? 80 : 443;
        String place = service + " at " + uri.getHost() + ":" + port;
        try {
            ConnectionProbe.ring(uri, Duration.ofMillis(TIMEOUT_MS));
            return Finding.ok("services", place + " can be reached");
        } catch (UnknownHostException e) {
            return unreachable(place, "unknown host");
        } catch (IOException e) {
            return unreachable(place, String.valueOf(e.getMessage()));
        }
    }

    private static Finding unreachable(String place, String reason) {
        return Finding.warning("services", place + " cannot be reached (" + reason + "). Agents that need it will wait. Check the network and any proxy.");
    }
}
