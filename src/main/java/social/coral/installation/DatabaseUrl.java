package social.coral.installation;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Reads {@code postgres://user:pass@host:5432/db?sslmode=require}, the form that hosts of PostgreSQL hand out. */
final class DatabaseUrl {

    private static final String FORM = "DATABASE_URL must look like postgres://user:password@host:5432/database";

    private DatabaseUrl() {}

    static DatabaseServer parse(String text) {
        URI uri;
        try {
            uri = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new StartFault(FORM + "; percent-encode special characters in the password");
        }
        String scheme = uri.getScheme();
        if (scheme == null || !scheme.matches("postgres(ql)?") || uri.getHost() == null || uri.getRawUserInfo() == null
                || uri.getPath() == null || uri.getPath().length() < 2) {
            throw new StartFault(FORM);
        }
        Properties properties = new Properties();
        String[] credentials = uri.getRawUserInfo().split(":", 2);
        properties.setProperty("user", decode(credentials[0]));
        if (credentials.length == 2) {
            properties.setProperty("password", decode(credentials[1]));
        }
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&")) {
                String[] parts = pair.split("=", 2);
                properties.setProperty(driverName(decode(parts[0])), parts.length == 2 ? decode(parts[1]) : "");
            }
        }
        int port = uri.getPort() < 0 ? 5432 : uri.getPort();
        return new DatabaseServer("jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath(), properties, false);
    }

    // libpq's names, which such addresses use, where pgjdbc has another.
    private static String driverName(String name) {
        return switch (name) {
            case "application_name" -> "ApplicationName";
            case "connect_timeout" -> "connectTimeout";
            case "channel_binding" -> "channelBinding";
            default -> name;
        };
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
