package social.coral.web.frame;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Makes the frame of a request. */
@Component
final class Frames {

    private final Assets assets;
    private final Clock clock;

    Frames(Assets assets, Clock clock) {
        this.assets = assets;
        this.clock = clock;
    }

    Frame of(HttpServletRequest request, HttpServletResponse response) {
        Person person = person(request);
        boolean fragment = "true".equals(request.getHeader("HX-Request"))
                && request.getHeader("HX-Boosted") == null
                && request.getHeader("HX-History-Restore-Request") == null;
        return new Frame(
                path(request),
                person,
                Theme.of(request),
                new Times(person == null ? ZoneOffset.UTC : person.zone(), clock.instant()),
                (CsrfToken) request.getAttribute(CsrfToken.class.getName()),
                Toast.take(request, response),
                fragment,
                false,
                assets);
    }

    private @Nullable Person person(HttpServletRequest request) {
        return (Person) request.getAttribute("coral.person");
    }

    private static String path(HttpServletRequest request) {
        boolean failed = request.getDispatcherType() == DispatcherType.ERROR;
        Object original = failed ? request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) : null;
        return original == null ? request.getRequestURI() : original.toString();
    }
}
