package social.coral.knowledge;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import social.coral.installation.StartFault;

/**
 * Where the vectors are when a Qdrant server has them. There is none when {@code host} is empty.
 *
 * @param host QDRANT_HOST, such as {@code http://localhost:6334}; https is TLS
 * @param apiKey QDRANT_API_KEY; empty when the server asks for none
 */
@ConfigurationProperties("coral.knowledge.qdrant")
record QdrantSettings(@DefaultValue("") String host, @DefaultValue("") String apiKey) {

    private static final Pattern HOST = Pattern.compile("(?<scheme>https?)://(?<name>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+)(:(?<port>[0-9]{1,5}))?/?");
    // What a header can carry.
    private static final Pattern KEY = Pattern.compile("[!-~]{0,4096}");
    private static final int PORT_OF_HTTP = 6333;
    private static final int PORT_OF_GRPC = 6334;
    private static final int HIGHEST_PORT = 65_535;

    QdrantSettings {
        host = host.strip();
        apiKey = apiKey.strip();
        if (!host.isEmpty() && parsed(host) == null) {
            // The value may hold a password by mistake, so it is not quoted.
            throw new StartFault("QDRANT_HOST must look like http://localhost:6334 or https://qdrant.example.org:6334, and the key belongs in QDRANT_API_KEY.");
        }
        if (!KEY.matcher(apiKey).matches()) {
            throw new StartFault("QDRANT_API_KEY must be a key as Qdrant gives them: letters, digits and signs without spaces, at most 4096.");
        }
    }

    /** Reads the settings of an operator's command; a {@link StartFault} says what is wrong with them. */
    static QdrantSettings of(Environment environment) {
        try {
            return Binder.get(environment).bindOrCreate("coral.knowledge.qdrant", QdrantSettings.class);
        } catch (BindException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof StartFault fault) {
                    throw fault;
                }
            }
            throw e;
        }
    }

    boolean isOn() {
        return !host.isEmpty();
    }

    /** The server's address for gRPC. */
    URI server() {
        URI server = parsed(host);
        if (server == null) {
            throw new IllegalStateException("no server is configured");
        }
        return server;
    }

    private static @Nullable URI parsed(String text) {
        Matcher host = HOST.matcher(text);
        if (!host.matches()) {
            return null;
        }
        int port = host.group("port") == null ? PORT_OF_GRPC : Integer.parseInt(host.group("port"));
        if (port == 0 || port > HIGHEST_PORT) {
            return null;
        }
        // The two ports of one server; people know the one that they can open in a browser.
        URI server = URI.create(host.group("scheme") + "://" + host.group("name") + ":" + (port == PORT_OF_HTTP ? PORT_OF_GRPC : port));
        return server.getHost() == null ? null : server;
    }

    /** Leaves out the key. */
    @Override
    public String toString() {
        return "QdrantSettings[" + host + "]";
    }
}
