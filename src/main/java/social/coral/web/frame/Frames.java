package social.coral.web.frame;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import social.coral.content.PostLimit;
import social.coral.identity.Profile;
import social.coral.identity.SignedInPerson;

/** Makes the frame of a request. */
@Component
final class Frames {

    private static final Set<String> SAFE = Set.of("GET", "HEAD");
    private static final Logger log = LoggerFactory.getLogger(Frames.class);

    private final Assets assets;
    private final Visitor visitor;
    private final Clock clock;

    Frames(Assets assets, Visitor visitor, Clock clock) {
        this.assets = assets;
        this.visitor = visitor;
        this.clock = clock;
    }

    Frame of(HttpServletRequest request, HttpServletResponse response) {
        Person person = person();
        boolean fragment = PageResult.isForScript(request);
        return new Frame(
                path(request),
                person,
                Theme.of(request),
                new Times(person == null ? ZoneOffset.UTC : person.zone(), clock.instant()),
                (CsrfToken) request.getAttribute(CsrfToken.class.getName()),
                Toast.take(request, response),
                fragment,
                fragment || SAFE.contains(request.getMethod()),
                person != null && person.sandbox(),
                assets);
    }

    private @Nullable Person person() {
        Authentication proof = SecurityContextHolder.getContext().getAuthentication();
        return proof != null && proof.getPrincipal() instanceof SignedInPerson person ? shown(person) : null;
    }

    /** The page that reports the database as unavailable must work without it, and one that is refused outside of the controllers does not ask. */
    private Person shown(SignedInPerson person) {
        if (RequestContextHolder.getRequestAttributes() == null) {
            return withoutProfile(person);
        }
        try {
            Profile profile = visitor.profile();
            return new Person(person.id(), profile.email(), profile.fullName(), ZoneId.of(profile.timeZone()), visitor.inSandbox(),
                    PostLimit.of(profile.longPosts()), profile.erasureDueAt());
        } catch (RuntimeException e) {
            // One line: whoever is signed in can cause this as often as the limit on requests allows.
            log.warn("The profile of the person who asked could not be read; the page is shown without it ({})", e.toString().lines().findFirst().orElse(""));
            return withoutProfile(person);
        }
    }

    private static Person withoutProfile(SignedInPerson person) {
        return new Person(person.id(), person.email(), null, ZoneOffset.UTC, false, PostLimit.SHORT, null);
    }

    private static String path(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return failed == null ? request.getRequestURI() : failed.toString();
    }
}
