package social.coral.installation;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code postgres://user:pass@host:5432/db?sslmode=require}, the form that PostgreSQL providers hand out. Accepts
 * several hosts, names with an underscore and libpq's parameters, which {@code java.net.URI} or the driver would refuse.
 */
final class DatabaseUrl {

    private static final Pattern FORM = Pattern.compile(
            "postgres(?:ql)?://(?<user>[^:/?#\\s]+)(?::(?<password>[^/?#\\s]*))?@(?<hosts>[^@/?#\\s]+)/(?<database>[^/?#\\s]+)(?:\\?(?<query>[^#\\s]*))?");
    private static final Pattern HOST = Pattern.compile("(?<name>\\[[0-9A-Fa-f:.]+]|[^:,\\[\\]]+)(?::(?<port>\\d{1,5}))?");
    private static final String SENTENCE =
            "DATABASE_URL must look like postgres://user:password@host:5432/database, with special characters in the password percent-encoded.";

    private DatabaseUrl() {}

    static DatabaseServer parse(String text) {
        Matcher url = FORM.matcher(text.strip());
        if (!url.matches()) {
            throw new StartFault(SENTENCE);
        }
        try {
            Properties properties = new Properties();
            // Fail within seconds when the server is missing; DATABASE_URL may set longer timeouts.
            properties.setProperty("connectTimeout", "10");
            properties.setProperty("loginTimeout", "20");
            addParameters(url.group("query"), properties);
            properties.setProperty("user", decode(url.group("user")));
            if (url.group("password") != null) {
                properties.setProperty("password", decode(url.group("password")));
            }
            return new DatabaseServer("jdbc:postgresql://" + hosts(url.group("hosts")) + "/" + url.group("database"), properties, false);
        } catch (IllegalArgumentException e) {
            // An invalid percent escape. The exception quotes part of the password, so it is not kept as the cause.
            throw new StartFault(SENTENCE);
        }
    }

    private static String hosts(String list) {
        return Arrays.stream(list.split(",", -1)).map(DatabaseUrl::host).collect(Collectors.joining(","));
    }

    private static String host(String text) {
        Matcher host = HOST.matcher(text);
        if (!host.matches()) {
            throw new StartFault(SENTENCE);
        }
        return host.group("name") + ":" + (host.group("port") == null ? "5432" : host.group("port"));
    }

    private static void addParameters(@Nullable String query, Properties properties) {
        if (query == null) {
            return;
        }
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            String value = parts.length == 2 ? decode(parts[1]) : "";
            // libpq's parameters that the driver names differently.
            switch (decode(parts[0])) {
                case "application_name" -> properties.setProperty("ApplicationName", value);
                case "connect_timeout" -> properties.setProperty("connectTimeout", value);
                case "channel_binding" -> properties.setProperty("channelBinding", value);
                case "require_auth" -> properties.setProperty("requireAuth", value);
                case "gssencmode" -> properties.setProperty("gssEncMode", value);
                case "keepalives" -> properties.setProperty("tcpKeepAlive", value.equals("0") ? "false" : "true");
                case "target_session_attrs" -> properties.setProperty("targetServerType", serverType(value));
                default -> properties.setProperty(decode(parts[0]), value);
            }
        }
    }

    private static String serverType(String sessionAttributes) {
        return switch (sessionAttributes) {
            case "read-write", "primary" -> "primary";
            case "any" -> "any";
            default -> throw new StartFault("DATABASE_URL asks for target_session_attrs=" + sessionAttributes
                    + ", but Coral Social needs a writable server: read-write.");
        };
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
