package social.coral.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.web.filter.OncePerRequestFilter;
import social.coral.api.CurrentClient;
import social.coral.api.Failure;
import social.coral.api.SafeMethods;
import social.coral.identity.SignedInPerson;
import social.coral.tenancy.CostlyWork;
import social.coral.tenancy.RowsInMemory;
import social.coral.tenancy.TenantShares;

/**
 * Makes each answer first and sends it then. Of what a tenant sends at once a few answers are made at a time, and a few more are
 * on their way: one that is read slowly is in a file meanwhile and keeps nobody else's from being made.
 */
final class ResponseTurns extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(ResponseTurns.class);

    // So many threads at most does a tenant's work take from the others, whatever it sends.
    private static final int MADE_FOR_A_TENANT = 4;
    private static final int MADE_AT_ONCE = 64;
    // Each is one answer, or so much of a long one: what is read slowly lies on the disk meanwhile.
    private static final int PLACE_BYTES = 4 << 20;
    static final int SENT_TO_A_TENANT = 16;
    private static final int SENT_AT_ONCE = 512;

    private final TenantShares made = new TenantShares(MADE_FOR_A_TENANT, MADE_AT_ONCE);
    private final TenantShares sent = new TenantShares(SENT_TO_A_TENANT, SENT_AT_ONCE);
    private final CostlyWork costly;
    private final ErrorResponses answers;
    private final Path folder;

    /** @param folder where an answer is while it is read slowly */
    ResponseTurns(CostlyWork costly, ErrorResponses answers, Path folder) {
        this.costly = costly;
        this.answers = answers;
        this.folder = folder;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (Paths.isSentAsItIsRead(Paths.of(request))) {
            // It holds nothing of a tenant's in memory.
            chain.doFilter(request, new PacedResponse(response));
            return;
        }
        SignedInPerson person = AuthenticationFilter.personBehind(request);
        try (ResponseSpool spool = new ResponseSpool(folder)) {
            SpooledResponse answer = new SpooledResponse(response, spool);
            if (!isMade(person, request, answer, chain, spool)) {
                answers.write(request, response, Failure.responseNotStored());
                return;
            }
            try (TenantShares.@Nullable Place place = person == null || spool.isShort() ? null : sent.take(person.tenant(), placesOf(spool))) {
                if (place != null && Compression.isWanted(request, answer)) {
                    sendPacked(answer);
                } else {
                    answer.send();
                }
            } catch (TransientDataAccessResourceException busy) {
                answers.write(request, response, SafeMethods.includes(request) || answer.getStatus() >= 400 ? Failure.busy() : Failure.responseNotSent());
            }
        }
    }

    private void sendPacked(SpooledResponse answer) throws IOException {
        try (ResponseSpool packed = new ResponseSpool(folder)) {
            costly.inTurn(() -> answer.pack(packed));
            answer.send();
        }
    }

    private static int placesOf(ResponseSpool spool) {
        return (int) Math.clamp(Math.ceilDiv(spool.length(), PLACE_BYTES), 1, SENT_TO_A_TENANT);
    }

    /** Whether all of it could be kept until it is sent. Whoever wrote it may have been told otherwise, or nothing. */
    private boolean isMade(
            @Nullable SignedInPerson person, HttpServletRequest request, SpooledResponse answer, FilterChain chain, ResponseSpool spool)
            throws ServletException, IOException {
        try {
            make(person, request, answer, chain);
            answer.flushBuffer();
        } catch (ServletException | IOException | RuntimeException e) {
            if (spool.fault() == null) {
                throw e;
            }
        }
        if (spool.fault() != null) {
            log.error("An answer could not be kept in {} until it is sent", folder, spool.fault());
        }
        return spool.fault() == null;
    }

    private void make(@Nullable SignedInPerson person, HttpServletRequest request, SpooledResponse answer, FilterChain chain)
            throws ServletException, IOException {
        if (person == null) {
            chain.doFilter(request, answer);
            return;
        }
        // Imports have turns of their own: one waits for its upload most of the time.
        boolean isImport = Paths.isUpload(Paths.of(request)) && request.getMethod().equals("POST");
        try (TenantShares.@Nullable Place place = isImport ? null : made.take(person.tenant())) {
            CurrentClient.requireConnected();
            RowsInMemory.during(() -> {
                chain.doFilter(request, answer);
                return true;
            });
        } catch (TransientDataAccessResourceException busy) {
            answer.resetBuffer();
            answers.write(request, answer, Failure.busy());
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
