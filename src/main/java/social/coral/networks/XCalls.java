package social.coral.networks;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.egress.Egress;
import social.coral.egress.EgressFault;
import social.coral.egress.EgressResponse;
import social.coral.egress.Purpose;
import social.coral.services.Backoff;
import social.coral.services.Caller;
import social.coral.services.RequestHash;
import social.coral.services.ServiceFault;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.Call.Outcome;
import social.coral.usage.OpenCall;
import tools.jackson.core.JacksonException;

/** Makes the reading calls of one key, or of those that sign together: sends, retries what may be retried, records each call, reads the answer. */
final class XCalls {

    private final Egress egress;
    private final URI base;
    private final Purpose purpose;
    private final XCredentials credentials;
    private final Caller caller;
    private final Clock clock;
    private final Backoff backoff;
    private final XFaults faults;
    /** The limits that were run into, each for its endpoint: a limited look-up holds back no timeline. */
    private final Map<String, ServiceFault.Postponed> limits = new HashMap<>();

    XCalls(Egress egress, URI base, XCredentials credentials, Caller caller, Clock clock, Backoff backoff, XFaults faults) {
        this.egress = egress;
        this.base = base;
        this.purpose = new Purpose("x-api", Duration.ofSeconds(20), 8 << 20, base);
        this.credentials = credentials;
        this.caller = caller;
        this.clock = clock;
        this.backoff = backoff;
        this.faults = faults;
    }

    /**
     * What an answer is charged by.
     *
     * @param unit what it is asked for, such as posts
     * @param units how many of them it can hold
     * @param users how many accounts it can hold beside them
     */
    record Most(String unit, int units, int users) {}

    /**
     * Reads {@code path}. Only a fault of the network's server and a broken connection are retried at once: a GET may be
     * repeated, and after a time-out the caller has waited long enough.
     *
     * @param endpoint the path with its variable part named, for the ledger
     * @param most what the answer can hold, and is charged for
     * @param account the account that it is about, in words; null for none
     */
    <T extends XWire.Answer> T get(
            String endpoint, Most most, @Nullable String account, String path, Map<String, String> query, Class<T> type) {
        ServiceFault.Postponed limited = limits.get(endpoint);
        if (limited != null && limited.until().isAfter(clock.instant())) {
            throw limited;
        }
        try {
            return caller.waitFor(() -> answer(endpoint, most, account, path, query, type));
        } catch (ServiceFault.Postponed later) {
            if (later.reason() == ServiceFault.Postponed.Reason.RATE_LIMITED) {
                limits.put(endpoint, later);
            }
            throw later;
        }
    }

    private <T extends XWire.Answer> T answer(
            String endpoint, Most most, @Nullable String account, String path, Map<String, String> query, Class<T> type) {
        URI address = URI.create(base + path + encoded(query));
        String asked = RequestHash.of("GET " + address, new byte[0]);
        Optional<T> kept = caller.kept(asked).flatMap(body -> XWire.kept(body, type));
        if (kept.isPresent()) {
            return kept.get();
        }
        for (int failed = 1; ; failed++) {
            // A signature holds for one request.
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("Authorization", credentials.authorization("GET", address, clock.instant()))
                    .header("Accept", "application/json")
                    .build();
            Attempt<T> attempt = attempt(endpoint, most, account, request, asked, type);
            if (attempt.answer() != null) {
                return attempt.answer();
            }
            ServiceFault fault = attempt.fault() == null ? faults.malformed("gave no answer") : attempt.fault();
            if (!attempt.again() || failed >= caller.tries()) {
                throw fault;
            }
            backoff.await(failed);
        }
    }

    /** The time now. */
    Instant now() {
        return clock.instant();
    }

    /** @param body what the answer was read from */
    private record Attempt<T>(@Nullable T answer, @Nullable String body, @Nullable ServiceFault fault, boolean again, int units, int users, Outcome outcome) {

        static <T> Attempt<T> answered(T answer, String body, int units, int users) {
            return new Attempt<>(answer, body, null, false, units, users, Outcome.OK);
        }

        static <T> Attempt<T> failed(ServiceFault fault, boolean again, int units, int users, Outcome outcome) {
            return new Attempt<>(null, null, fault, again, units, users, outcome);
        }
    }

    private <T extends XWire.Answer> Attempt<T> attempt(
            String endpoint, Most most, @Nullable String account, HttpRequest request, String asked, Class<T> type) {
        // X charges for what it delivers. Of an answer that nobody could read, it may have sent all.
        OpenCall call = caller.open(call(endpoint, most.unit()), Amount.units(most.units()));
        OpenCall beside = most.users() == 0 ? null : besideOf(call, endpoint, most.users());
        long start = System.nanoTime();
        Attempt<T> attempt;
        try {
            attempt = egress.send(purpose, request, reply -> judged(reply, most, account, type));
        } catch (EgressFault e) {
            attempt = Attempt.failed(ServiceFault.of(e, faults.first(), clock.instant()), e.kind() == EgressFault.Kind.RESET, most.units(), most.users(), Outcome.FAILED);
            if (e.kind() == EgressFault.Kind.REFUSED || e.kind() == EgressFault.Kind.UNREACHABLE) {
                // Nothing was sent, so no call was made that could be counted or charged.
                call.release();
                if (beside != null) {
                    beside.release();
                }
                return attempt;
            }
        } catch (CancellationException e) {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            call.settleCutShort(Amount.units(most.units()), took);
            if (beside != null) {
                beside.settleCutShort(Amount.units(most.users()), took);
            }
            throw e;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (beside != null) {
            beside.settle(attempt.outcome(), Amount.units(attempt.users()), took);
        }
        if (attempt.body() == null) {
            call.settle(attempt.outcome(), Amount.units(attempt.units()), took);
        } else {
            call.settle(attempt.outcome(), Amount.units(attempt.units()), took, asked, attempt.body());
        }
        return attempt;
    }

    private Call call(String endpoint, String unit) {
        return new Call(credentials.network().toString(), "GET " + endpoint, unit);
    }

    /** The accounts that come with the posts are charged on their own. */
    private OpenCall besideOf(OpenCall call, String endpoint, int users) {
        try {
            return caller.open(call(endpoint, XApiClient.USER), Amount.units(users));
        } catch (RuntimeException noRoom) {
            call.release();
            throw noRoom;
        }
    }

    private <T extends XWire.Answer> Attempt<T> judged(EgressResponse reply, Most most, @Nullable String account, Class<T> type) {
        int status = reply.status();
        if (status != 200) {
            return Attempt.failed(faults.of(reply, account, clock.instant()), status >= 500 && status != 511, 0, 0,
                    status >= 400 && status < 500 ? Outcome.REFUSED : Outcome.FAILED);
        }
        caller.arrived();
        try {
            T answer = XWire.JSON.readValue(reply.body(), type);
            if (answer != null && (answer.saysSomething() || XWire.isAnswer(reply))) {
                ServiceFault fault = answer.units() > 0 ? null : faults.ofErrorsAlone(answer.problems(), reply, clock.instant()).orElse(null);
                return fault == null ? Attempt.answered(answer, reply.body(), Math.min(answer.units(), most.units()), Math.min(answer.users(), most.users()))
                        : Attempt.failed(fault, fault instanceof ServiceFault.Unavailable, 0, 0, Outcome.REFUSED);
            }
        } catch (JacksonException e) {
            if (reply.body().stripLeading().startsWith("{")) {
                // Reported without the parser's words, because they quote what came.
                return Attempt.failed(faults.malformed("answered with something that is not its documented JSON"), false, most.units(), most.users(), Outcome.FAILED);
            }
        }
        return Attempt.failed(faults.intercepted(reply), false, 0, 0, Outcome.FAILED);
    }

    private static String encoded(Map<String, String> query) {
        return query.isEmpty() ? "" : "?" + query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
