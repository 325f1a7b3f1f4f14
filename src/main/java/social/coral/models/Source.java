package social.coral.models;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
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

    static Optional<Source> of(int number, @Nullable String url, @Nullable String title) {
        if (url == null || url.length() > MAX_URL_LENGTH || !isWebAddress(url.strip())) {
            return Optional.empty();
        }
        return Optional.of(new Source(number, url.strip(), StorableText.truncate(title == null ? "" : title.strip(), MAX_TITLE_LENGTH)));
    }

    private static boolean isWebAddress(String url) {
        try {
            URI uri = new URI(url);
            return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
