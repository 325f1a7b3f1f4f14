package social.coral.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessResourceException;
import social.coral.api.CurrentClient;
import social.coral.api.Failure;
import social.coral.api.SafeMethods;
import social.coral.identity.SignedInPerson;
import social.coral.tenancy.CostlyWork;
import social.coral.tenancy.RowsInMemory;
import social.coral.tenancy.TenantShares;

/**
 * Makes each response to its end before sending it. Few responses of a tenant are made at a time, and some more are on their way: one that
 * is read slowly waits in a file and keeps no other from being made. A long response that waits until it may be sent counts
 * as one that is being made, so that a tenant has no more files than there are places for both.
 */
final class ResponseTurns extends RequestFilter {

    private static final Logger log = LoggerFactory.getLogger(ResponseTurns.class);

    // The threads that one tenant's requests can take from the others, whatever it sends: on a small machine no more than there are processors.
    static final int MADE_PER_TENANT = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);
    private static final int MADE_AT_ONCE = 64;
    // A place is one response, or so much of a long one: what is read slowly waits on the disk.
    private static final int PLACE_BYTES = 4 << 20;
    static final int SENT_PER_TENANT = 16;
    private static final int SENT_AT_ONCE = 512;

    private final TenantShares made = new TenantShares(MADE_PER_TENANT, MADE_AT_ONCE);
    private final TenantShares sent = new TenantShares(SENT_PER_TENANT, SENT_AT_ONCE);
    private final CostlyWork costly;
    private final ErrorResponses errors;
    private final Path folder;
    private final BooleanSupplier diskIsExhausted;

    /**
     * @param folder for responses that are read slowly
     * @param diskIsExhausted whether only the reserve of the folder's disk is left
     */
    ResponseTurns(CostlyWork costly, ErrorResponses errors, Path folder, BooleanSupplier diskIsExhausted) {
        this.costly = costly;
        this.errors = errors;
        this.folder = folder;
        this.diskIsExhausted = diskIsExhausted;
    }

    @Override
    void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        if (Paths.isSentAsItIsRead(Paths.of(request))) {
            // It holds no rows in memory.
            chain.doFilter(request, new PacedResponse(response));
            return;
        }
        SignedInPerson person = AuthenticationFilter.personBehind(request);
        try (ResponseSpool spool = new ResponseSpool(folder, diskIsExhausted);
                TenantShares.@Nullable Place making = person == null || isImport(request) ? null : made.take(person.tenant())) {
            SpooledResponse spooled = new SpooledResponse(response, spool);
            if (!isMade(person, request, spooled, chain, spool)) {
                errors.write(request, response, Failure.responseNotStored());
                return;
            }
            if (Paths.isApi(Paths.of(request)) && request.getMethod().equals("GET") && spooled.getStatus() == HttpServletResponse.SC_OK) {
                spooled.answerUnchanged(request);
            }
            if (making != null) {
                making.leaveToOthers();
            }
            try (TenantShares.@Nullable Place sending = person == null || spool.isShort() ? null : sent.take(person.tenant(), placesOf(spool))) {
                if (making != null) {
                    making.close();
                }
                send(request, spooled, sending != null);
            } catch (TransientDataAccessResourceException busy) {
                errors.write(request, response, SafeMethods.includes(request) || spooled.getStatus() >= 400 ? Failure.busy() : Failure.responseNotSent());
            }
        }
    }

    /** Imports have turns of their own: one waits for its upload most of the time. */
    private static boolean isImport(HttpServletRequest request) {
        return Paths.isUpload(Paths.of(request)) && request.getMethod().equals("POST");
    }

    private void send(HttpServletRequest request, SpooledResponse spooled, boolean isLong) throws IOException {
        if (!isLong || !Compression.isWanted(request, spooled)) {
            spooled.send();
            return;
        }
        try (ResponseSpool compressed = new ResponseSpool(folder, diskIsExhausted)) {
            costly.inTurn(() -> spooled.compress(compressed));
            spooled.send();
        }
    }

    private static int placesOf(ResponseSpool spool) {
        return (int) Math.clamp(Math.ceilDiv(spool.length(), PLACE_BYTES), 1, SENT_PER_TENANT);
    }

    /** Makes the response and reports whether all of it could be spooled; its writer may not have noticed. */
    private boolean isMade(
            @Nullable SignedInPerson person, HttpServletRequest request, SpooledResponse spooled, FilterChain chain, ResponseSpool spool)
            throws ServletException, IOException {
        try {
            make(person, request, spooled, chain);
            spooled.flushBuffer();
        } catch (ServletException | IOException | RuntimeException e) {
            if (spool.fault() == null) {
                throw e;
            }
        }
        if (spool.fault() != null && !diskIsExhausted.getAsBoolean()) {
            log.error("A response could not be kept in {} until it is sent", folder, spool.fault());
        }
        return spool.fault() == null;
    }

    private void make(@Nullable SignedInPerson person, HttpServletRequest request, SpooledResponse spooled, FilterChain chain)
            throws ServletException, IOException {
        if (person == null) {
            chain.doFilter(request, spooled);
            return;
        }
        try {
            CurrentClient.requireConnected();
            RowsInMemory.during(() -> {
                chain.doFilter(request, spooled);
                return true;
            });
        } catch (TransientDataAccessResourceException busy) {
            spooled.resetBuffer();
            errors.write(request, spooled, Failure.busy());
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
