package social.coral.web.frame;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import social.coral.identity.Profile;
import social.coral.identity.Profiles;
import social.coral.identity.SignedInPerson;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** Makes the frame of a request. */
@Component
final class Frames {

    private static final Logger log = LoggerFactory.getLogger(Frames.class);

    private final Assets assets;
    private final Profiles profiles;
    private final ApiKeys keys;
    private final Clock clock;

    Frames(Assets assets, Profiles profiles, ApiKeys keys, Clock clock) {
        this.assets = assets;
        this.profiles = profiles;
        this.keys = keys;
        this.clock = clock;
    }

    Frame of(HttpServletRequest request, HttpServletResponse response) {
        Person person = person();
        return new Frame(
                path(request),
                person,
                Theme.of(request),
                new Times(person == null ? ZoneOffset.UTC : person.zone(), clock.instant()),
                (CsrfToken) request.getAttribute(CsrfToken.class.getName()),
                Toast.take(request, response),
                "true".equals(request.getHeader("HX-Request")),
                person != null && person.sandbox(),
                assets);
    }

    private @Nullable Person person() {
        Authentication proof = SecurityContextHolder.getContext().getAuthentication();
        return proof != null && proof.getPrincipal() instanceof SignedInPerson person ? shown(person) : null;
    }

    /** The page that says that the database is away must not need it. */
    private Person shown(SignedInPerson person) {
        try {
            Profile profile = profiles.current();
            return new Person(profile.email(), profile.fullName(), ZoneId.of(profile.timeZone()), sandbox());
        } catch (RuntimeException e) {
            log.warn("The profile of the person who asked could not be read; the page is shown without it", e);
            return new Person(person.email(), null, ZoneOffset.UTC, false);
        }
    }

    private boolean sandbox() {
        return keys.find(ServiceName.TWITTER_BEARER).map(ApiKey::sandbox).orElse(false);
    }

    private static String path(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return failed == null ? request.getRequestURI() : failed.toString();
    }
}
