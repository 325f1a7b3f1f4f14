package social.coral.egress;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import social.coral.installation.StartFault;

/** The endpoints that may be reached although their addresses are private: those the operator allows and this process's own. */
final class AllowedEndpoints {

    private final Set<Endpoint> allowed = ConcurrentHashMap.newKeySet();
    /** Those of services and of this process, which an address that others name never leads to. */
    private final Set<Endpoint> services = ConcurrentHashMap.newKeySet();

    static AllowedEndpoints of(EgressSettings settings) {
        AllowedEndpoints endpoints = new AllowedEndpoints();
        settings.allowPrivate().stream().map(String::strip).filter(entry -> !entry.isEmpty()).forEach(endpoints::allowListed);
        settings.serviceUrls().stream().map(String::strip).filter(url -> !url.isEmpty()).forEach(endpoints::allowService);
        return endpoints;
    }

    private void allowListed(String entry) {
        Endpoint endpoint = endpoint("http://" + entry);
        if (endpoint == null || !entry.matches("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:/@?#\\s]+):[0-9]{1,5}")) {
            throw new StartFault("CORAL_ALLOW_PRIVATE_EGRESS has an entry that is not host:port. Write it like"
                    + " CORAL_ALLOW_PRIVATE_EGRESS=localhost:11434,192.168.1.20:8000.");
        }
        allowed.add(endpoint);
    }

    private void allowService(String url) {
        Endpoint endpoint = endpoint(url);
        if (endpoint == null) {
            throw new StartFault("One of X_API_URL, OPENAI_BASE_URL, ANTHROPIC_BASE_URL, PERPLEXITY_BASE_URL and CORAL_KMS_URL is not an"
                    + " http or https address. Write it like https://api.example.com.");
        }
        services.add(endpoint);
        if (namesPrivateAddressOutright(endpoint.host())) {
            allowed.add(endpoint);
        }
    }

    private static @Nullable Endpoint endpoint(String url) {
        try {
            return Endpoint.of(URI.create(url));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A name that only resolves to a private address does not count: its resolver decides where it leads, not the operator. */
    private static boolean namesPrivateAddressOutright(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return (host.contains(":") || host.matches("[0-9.]+")) && AddressRanges.isPrivate(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Allows a server that this process started on the loopback interface. */
    void allowOwn(InetSocketAddress server) {
        if (!server.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("not a loopback address");
        }
        Endpoint own = new Endpoint(server.getAddress().getHostAddress(), server.getPort());
        allowed.add(own);
        services.add(own);
    }

    /** Reports whether a call may go there because others named the address: to a usual port, or to what the operator lists and is no service. */
    boolean mayBeNamed(Endpoint endpoint) {
        return !services.contains(endpoint) && (endpoint.port() == 80 || endpoint.port() == 443 || allowed.contains(endpoint));
    }

    boolean contains(Endpoint endpoint, InetAddress address) {
        return allowed.contains(endpoint) || allowed.contains(new Endpoint(address.getHostAddress(), endpoint.port()));
    }
}
