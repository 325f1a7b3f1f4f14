package social.coral.models;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;

/**
 * A page that an answer names as its source.
 *
 * @param number what a marker such as {@code [3]} in the answer refers to
 * @param url http or https only
 */
public record Source(int number, String url, String title) {

    private static final int MAX_URL_LENGTH = 2_000;
    private static final int MAX_TITLE_LENGTH = 300;
    private static final Pattern ADDRESS = Pattern.compile("(?<scheme>(?i:https?)://)(?<host>[\\p{L}\\p{M}\\p{N}._-]+|\\[[0-9A-Fa-f:.]+])(?<port>(?::[0-9]{0,5})?)(?<rest>(?:[/?#].*)?)");
    private static final Pattern FORBIDDEN = Pattern.compile("[ \"<>\\\\^`{|}]|%(?![0-9A-Fa-f]{2})|(?<=#[^#]{0,2000})#");

    static Optional<Source> of(int number, @Nullable String url, @Nullable String title) {
        String address = url == null || url.length() > MAX_URL_LENGTH ? null : webAddress(url.strip());
        return address == null || address.length() > MAX_URL_LENGTH ? Optional.empty()
                : Optional.of(new Source(number, address, StorableText.truncate(title == null ? "" : title.strip(), MAX_TITLE_LENGTH)));
    }

    /** Returns the address with what may not stand in one written as browsers write it; null for what is none, or names a person. */
    private static @Nullable String webAddress(String url) {
        Matcher parts = ADDRESS.matcher(url);
        if (!parts.matches()) {
            return null;
        }
        try {
            String host = parts.group("host");
            String ascii = host.startsWith("[") ? host : IDN.toASCII(host);
            String rest = FORBIDDEN.matcher(parts.group("rest")).replaceAll(found -> "%" + HexFormat.of().withUpperCase().toHexDigits((byte) found.group().charAt(0)));
            URI uri = new URI(parts.group("scheme") + ascii + parts.group("port") + rest);
            return uri.getRawAuthority() == null ? null : uri.toString();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }
}
