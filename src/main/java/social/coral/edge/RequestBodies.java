package social.coral.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import social.coral.api.Failure;
import social.coral.identity.Client;
import social.coral.identity.SignedInPerson;

/**
 * Reads the body of a request before anything else is done for it, so that a slow sender holds no more than a connection. What is
 * announced too long is refused unread, and memory is allocated only for what has arrived. An import is read as a stream by its route.
 */
final class RequestBodies extends RequestFilter {

    static final int MAX_BYTES = 1 << 20;
    /** Enough for a sign-in, a sign-up or a token request; other bodies from strangers are not read at all. */
    static final int MAX_BYTES_BEFORE_SIGN_IN = 32 << 10;

    /** Enough for an event of a service, which contains all of what it is about. */
    private static final int MAX_BYTES_OF_A_WEBHOOK = 256 << 10;

    private static final Set<String> BODILESS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final int RETRY_AFTER_SECONDS = 10;

    private final ErrorResponses errors;
    private final UnfinishedBodies unfinished = new UnfinishedBodies();

    RequestBodies(ErrorResponses errors) {
        this.errors = errors;
    }

    @Override
    void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        if (request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
            chain.doFilter(request, response);
            return;
        }
        SignedInPerson person = AuthenticationFilter.personBehind(request);
        int max = person != null ? MAX_BYTES : Paths.isWebhook(Paths.of(request)) ? MAX_BYTES_OF_A_WEBHOOK : MAX_BYTES_BEFORE_SIGN_IN;
        if (person != null && Paths.isUpload(Paths.of(request))) {
            // Once the stream was asked for, Tomcat does not look for a form in it.
            request.getInputStream();
            chain.doFilter(request, response);
        } else if (BODILESS.contains(request.getMethod())) {
            refuse(request, response, Failure.of(HttpStatus.CONTENT_TOO_LARGE, "body_too_large", "A request of this kind cannot have a body."));
        } else if (request.getContentLengthLong() > max) {
            refuse(request, response, tooLarge(max));
        } else if (person == null && !Paths.isForStrangersBodies(Paths.of(request))) {
            request.getInputStream();
            chain.doFilter(new BufferedBody(request, new byte[0]), response);
        } else {
            read(request, response, person, max, chain);
        }
    }

    private void read(HttpServletRequest request, HttpServletResponse response, @Nullable SignedInPerson person, int max, FilterChain chain)
            throws ServletException, IOException {
        try (IncomingBody body = new IncomingBody(request, max, person)) {
            byte[] whole;
            try {
                whole = unfinished.wait(Client.of(request).network(), body);
            } catch (TransientDataAccessResourceException e) {
                refuse(request, response, Failure.busy());
                return;
            } catch (SocketTimeoutException e) {
                refuse(request, response, Failure.of(HttpStatus.REQUEST_TIMEOUT, "body_too_slow", "The body of the request did not arrive in time."));
                return;
            } catch (Failure refused) {
                refuse(request, response, refused);
                return;
            }
            chain.doFilter(new BufferedBody(request, whole), response);
        }
    }

    /** Closes the connection of a stranger; a signed-in client may finish sending, so that it reads the response. */
    private void refuse(HttpServletRequest request, HttpServletResponse response, Failure failure) throws IOException {
        if (AuthenticationFilter.personBehind(request) == null || failure.status() == HttpStatus.REQUEST_TIMEOUT) {
            ConnectionLimits.closeAfterResponse(request);
        }
        if (failure.status() == HttpStatus.TOO_MANY_REQUESTS || failure.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS));
        }
        errors.write(request, response, failure);
    }

    static Failure tooLarge(int max) {
        return Failure.of(HttpStatus.CONTENT_TOO_LARGE, "body_too_large",
                max == MAX_BYTES ? "The body of this request can be at most 1 MB." : "A body can be at most " + (max >> 10) + " KB before signing in.");
    }
}
