package social.coral.web.frame;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import social.coral.content.PostLimit;

/**
 * What a template has besides what its page shows: the path, the person, the words for times, and the token that a form must
 * carry.
 *
 * @param path the path of the request
 * @param person who is signed in; null on the pages for strangers
 * @param fragment whether a script asked for a part of the page, which is sent without the frame
 * @param reloads whether reloading the page changes nothing
 * @param sandbox whether posts come from the sandbox network instead of X
 */
public record Frame(
        String path,
        @Nullable Person person,
        Theme theme,
        Times times,
        @Nullable CsrfToken csrf,
        @Nullable Toast toast,
        boolean fragment,
        boolean reloads,
        boolean sandbox,
        Assets assets) {

    /** The address of an asset. */
    public String asset(String name) {
        return assets.address(name);
    }

    /** The header in which scripts send the token, as JSON for htmx. */
    public String csrfHeader() {
        return csrf == null ? "{}" : "{\"" + csrf.getHeaderName() + "\":\"" + csrf.getToken() + "\"}";
    }

    /** Reports whether the person's account will be erased, which stops agents until they undo it. */
    public boolean isLeaving() {
        return person != null && person.erasureDueAt() != null;
    }

    /** How long a post of the person may be. */
    public PostLimit limit() {
        return person == null ? PostLimit.SHORT : person.limit();
    }

    public Instant now() {
        return times.now();
    }
}
