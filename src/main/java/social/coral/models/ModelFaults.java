package social.coral.models;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import social.coral.api.Quote;
import social.coral.egress.EgressResponse;
import social.coral.services.RetryAfter;
import social.coral.services.ServiceFault;
import social.coral.services.ServiceFault.Postponed;

/** Turns the errors of a provider into faults whose sentences a person can act on. */
final class ModelFaults {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    /** So little is waited for by trying again at once. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(1);
    private static final Duration MAX_WAIT = Duration.ofDays(1);

    private final Provider provider;
    private final String secret;

    ModelFaults(Provider provider, String secret) {
        this.provider = provider;
        this.secret = secret;
    }

    /** The fault that an error means. A passing one is an {@link ServiceFault.Unavailable}. */
    ServiceFault of(Blame blame, int status, Problem problem, String model, EgressResponse reply, Instant now) {
        String title = provider.title();
        String says = quoted(problem);
        return switch (blame) {
            case PLAN -> new ServiceFault.PlanRefused(provider.key(), "No credit is left at " + title
                    + ", or a spending limit there is reached; add credit or raise the limit in your account there." + says);
            case KEY -> new ServiceFault.KeyRefused(provider.key(), keyRefused(status, problem) + says);
            case MODEL -> new ServiceFault.ModelNotFound(title + " does not have the model " + model + ", or no longer. Choose another model." + says);
            case RATE -> limited(reply, now);
            case LENGTH -> new ServiceFault.BadRequest("The text is too long for the model " + model + "; choose another model, or give it less to read." + says, Set.of());
            case PASSING -> passing(title + " cannot answer right now" + (status == 200 ? "." : " (status " + status + ").") + says, reply, now);
            case REQUEST -> new ServiceFault.BadRequest(title + " rejected the request (status " + status + ")." + says
                    + (status == 404 || status == 403 || status == 405 ? " Ask your administrator to check " + provider.variable() + "." : ""), Set.of());
        };
    }

    private String keyRefused(int status, Problem problem) {
        return switch (provider.key()) {
            // It answers the same when the credit is used up.
            case PERPLEXITY -> "Perplexity does not accept this key, or its credit is used up. Check both in your account there.";
            default -> status == 403 || problem.isAbout(ModelKeyCheck.SCOPES) ? provider.title() + " does not allow this key to make this call; check its permissions in your account there."
                    : provider.title() + " does not accept this key. Copy it again, or make a new one.";
        };
    }

    private Postponed limited(EgressResponse reply, Instant now) {
        String sentence = provider.title() + " has asked us to slow down; the run resumes by itself.";
        return RetryAfter.of(reply, now).filter(until -> until.isAfter(now))
                .map(until -> new Postponed(Postponed.Reason.RATE_LIMITED, sentence, atMostADay(until, now)))
                .orElseGet(() -> new Postponed(Postponed.Reason.RATE_LIMITED, sentence, now.plus(FIRST_WAIT)).growing(now));
    }

    /** A service that says when to come back is not tried again before that. */
    private static ServiceFault passing(String sentence, EgressResponse reply, Instant now) {
        return RetryAfter.of(reply, now).filter(until -> until.isAfter(now.plus(SHORT_WAIT)))
                .<ServiceFault>map(until -> new Postponed(Postponed.Reason.UNAVAILABLE, sentence, atMostADay(until, now)))
                .orElseGet(() -> new ServiceFault.Unavailable(sentence));
    }

    private static Instant atMostADay(Instant until, Instant now) {
        Instant longest = now.plus(MAX_WAIT);
        return until.isAfter(longest) ? longest : until;
    }

    /** The fault of an answer that is not the provider's. What it holds is shown to nobody. */
    ServiceFault intercepted(int status) {
        return new ServiceFault.Intercepted("Something between Coral Social and " + provider.title() + " answered with something else (status " + status
                + "), so nothing was taken from it. Ask your administrator to check the proxy or firewall, and to check " + provider.variable() + ".");
    }

    ServiceFault malformed() {
        return new ServiceFault.Malformed(provider.title() + " answered with something that is not its documented JSON, so nothing was taken from it; ask your"
                + " administrator to check " + provider.variable() + ".");
    }

    /** An answer without its end. */
    ServiceFault brokenOff() {
        return new ServiceFault.Unavailable(provider.title() + " broke off before its answer was complete. If this keeps happening, tell your administrator.");
    }

    ServiceFault limitless(String model) {
        return new ServiceFault.BadRequest("The model " + model + " takes no limit on its answer, so nobody can say what it would cost. Choose another model.", Set.of());
    }

    /** The provider's own words, without keys and addresses in case it repeats them. */
    private String quoted(Problem problem) {
        return Quote.of(provider.title(), PersonalData.removed(problem.message().replace(secret, "…")));
    }
}
