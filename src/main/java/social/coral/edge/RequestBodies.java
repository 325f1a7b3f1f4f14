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
import org.springframework.web.filter.OncePerRequestFilter;
import social.coral.api.Failure;
import social.coral.identity.Client;
import social.coral.identity.SignedInPerson;

/**
 * Reads the body of a request before anything else is done for it, so that nobody who sends slowly holds more than a
 * connection. What is announced too long is refused before a byte is read, and no more room is made than for what has come. An
 * import is read as a stream by whoever takes it.
 */
final class RequestBodies extends OncePerRequestFilter {

    static final int MOST_BYTES = 1 << 20;
    /** What a sign-in, a sign-up or a token request can need; everything else of a stranger's is not read at all. */
    static final int MOST_BYTES_OF_A_STRANGER = 32 << 10;

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final int SECONDS_UNTIL_IT_IS_FREE = 10;

    private final ErrorResponses answers;
    private final UnfinishedBodies unfinished = new UnfinishedBodies();

    RequestBodies(ErrorResponses answers) {
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
            chain.doFilter(request, response);
            return;
        }
        SignedInPerson person = AuthenticationFilter.personBehind(request);
        int most = person != null ? MOST_BYTES : MOST_BYTES_OF_A_STRANGER;
        if (person != null && Paths.isUpload(Paths.of(request))) {
            // Asked for the stream, Tomcat does not look for a form in it.
            request.getInputStream();
            chain.doFilter(request, response);
        } else if (WITHOUT_BODY.contains(request.getMethod())) {
            refuse(request, response, Failure.of(HttpStatus.CONTENT_TOO_LARGE, "body_too_large", "A request of this kind cannot have a body."));
        } else if (request.getContentLengthLong() > most) {
            refuse(request, response, tooLarge(most));
        } else if (person == null && !Paths.isToSignIn(Paths.of(request))) {
            request.getInputStream();
            chain.doFilter(new BufferedBody(request, new byte[0]), response);
        } else {
            read(request, response, person, most, chain);
        }
    }

    private void read(HttpServletRequest request, HttpServletResponse response, @Nullable SignedInPerson person, int most, FilterChain chain)
            throws ServletException, IOException {
        try (IncomingBody body = new IncomingBody(request, most, person)) {
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

    /** A stranger's connection ends with the answer; whoever is known may send the rest in vain, so as to read why. */
    private void refuse(HttpServletRequest request, HttpServletResponse response, Failure failure) throws IOException {
        if (AuthenticationFilter.personBehind(request) == null || failure.status() == HttpStatus.REQUEST_TIMEOUT) {
            ConnectionLimits.leave(request);
        }
        if (failure.status() == HttpStatus.TOO_MANY_REQUESTS || failure.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(SECONDS_UNTIL_IT_IS_FREE));
        }
        answers.write(request, response, failure);
    }

    static Failure tooLarge(int most) {
        return Failure.of(HttpStatus.CONTENT_TOO_LARGE, "body_too_large",
                most == MOST_BYTES ? "The body of this request can be at most 1 MB." : "A body can be at most " + (most >> 10) + " KB before signing in.");
    }
}
