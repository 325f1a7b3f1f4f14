package social.coral.networks;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.util.StringUtils;
import social.coral.egress.EgressResponse;
import social.coral.networks.XWire.Problem;
import social.coral.services.ServiceFault;
import social.coral.services.ServiceFault.Postponed.Reason;
import social.coral.vault.ServiceName;
import tools.jackson.core.JacksonException;

/** Turns the errors of X into faults whose sentences a person can act on. */
final class XFaults {

    private static final int MAX_QUOTE_LENGTH = 200;
    private static final String NEW_KEY_OF_SANDBOX = "choose Use the sandbox under Settings, Keys to get a new key";
    private static final Pattern IN_BRACKETS = Pattern.compile("\\[[^]]*]");
    private static final Pattern OF_THE_KEY =
            Pattern.compile("\\b(your|apps?|application|client|developer|project|plan|token|authenticat\\w*)\\b");
    private static final Pattern SUSPENDED = Pattern.compile("\\b(user|account)\\b.*\\bsuspended\\b");
    private static final Pattern PROTECTED = Pattern.compile("not authorized to (see|view)\\b|\\b(user|account)\\b.*\\bprotected\\b");

    private final String network;
    private final String first;
    private final BearerToken token;

    XFaults(BearerToken token) {
        this.network = token.network() == Network.SANDBOX ? "the sandbox" : "X";
        this.first = StringUtils.capitalize(network);
        this.token = token;
    }

    /** The network's name at the beginning of a sentence. */
    String first() {
        return first;
    }

    /** The fault that an answer other than 2xx means. */
    ServiceFault of(EgressResponse reply, Instant now) {
        Problem problem = problem(reply.body());
        int status = reply.status();
        if (status == 429 && isUsedUp(problem)) {
            return refused(first + " says this key's allowance for the billing period is used up; "
                    + remedy("raise it in the developer portal, or wait for the next period") + "." + quoted(problem));
        }
        if (status >= 400 && status < 429 && isPage(reply)) {
            return malformed("answered with a web page (status " + status + ")");
        }
        return switch (status) {
            case 429 -> {
                Instant until = RateLimitWindow.end(reply, now);
                yield new ServiceFault.Postponed(Reason.RATE_LIMITED, first + " has asked us to slow down; collecting resumes by itself.", until);
            }
            case 401 -> refused(
                    first + " does not accept the bearer token; " + remedy("make a new one in the developer portal and save it under Settings, Keys") + ".");
            case 402 -> refused(
                    first + " has no credits left for this key; " + remedy("add credits in the developer portal") + "." + quoted(problem));
            case 403 -> closed("The account", problem).orElseGet(() -> refused(
                    first + " does not allow this key to make this call; " + remedy("check the app's access level in the developer portal") + "." + quoted(problem)));
            default -> other(status, problem);
        };
    }

    /** What to do about a key; the sandbox has no portal, its keys are issued here. */
    private String remedy(String atX) {
        return token.network() == Network.SANDBOX ? NEW_KEY_OF_SANDBOX : atX;
    }

    private static ServiceFault refused(String sentence) {
        return new ServiceFault.KeyRefused(ServiceName.TWITTER_BEARER, sentence);
    }

    private ServiceFault other(int status, Problem problem) {
        if (status >= 500) {
            return new ServiceFault.Unavailable(first + " answered with an error (status " + status + ").");
        }
        if (status < 400) {
            return malformed("answered with status " + status + " instead of data");
        }
        String sentence = first + " rejected the request (status " + status + ")." + quoted(problem);
        return new ServiceFault.BadRequest(sentence, parameters(problem));
    }

    /** The fault that an error about one account means, in an answer that is otherwise fine. */
    ServiceFault ofAccount(String account, Problem problem) {
        return closed(account, problem).orElseGet(() -> saysThereIsNone(problem)
                ? unknownAccount(account)
                : new ServiceFault.Unavailable(first + " did not return this account." + quoted(problem)));
    }

    /** The fault of an account that cannot be read with this key; empty if the key or the call was refused instead. */
    private Optional<ServiceFault> closed(String account, Problem problem) {
        for (Problem part : Stream.concat(Stream.of(problem), inner(problem)).toList()) {
            String words = IN_BRACKETS.matcher(part.words().toLowerCase(Locale.ROOT)).replaceAll("");
            if (OF_THE_KEY.matcher(words).find()) {
                continue;
            }
            if (SUSPENDED.matcher(words).find()) {
                return Optional.of(new ServiceFault.Forbidden(account + " is suspended by " + network + "; nothing can be collected from it."));
            }
            if (String.valueOf(part.type()).endsWith("not-authorized-for-resource") || PROTECTED.matcher(words).find()) {
                return Optional.of(protectedAccount(account));
            }
        }
        return Optional.empty();
    }

    /** A name that the answer does not mention does not exist, either. */
    private static boolean saysThereIsNone(Problem problem) {
        String words = problem.words().toLowerCase(Locale.ROOT);
        return problem.equals(Problem.NONE) || String.valueOf(problem.type()).endsWith("resource-not-found")
                || words.contains("could not find") || words.contains("not found");
    }

    ServiceFault protectedAccount(String account) {
        return new ServiceFault.Forbidden(account + " is protected: only its approved followers can read it.");
    }

    ServiceFault unknownAccount(String account) {
        return new ServiceFault.NotFound(
                "There is no account " + account + (token.network() == Network.SANDBOX ? " in " : " on ") + network + "; check the spelling, or whether it was renamed or closed.");
    }

    ServiceFault malformed(String what) {
        return new ServiceFault.Malformed(first + " " + what + ", so nothing was taken from it; check that X_API_URL leads to X's API"
                + " and not to a web page or proxy.");
    }

    /** X itself never answers with a page; a proxy or another server does, which knows nothing about the key. */
    private static boolean isPage(EgressResponse reply) {
        return reply.body().stripLeading().startsWith("<");
    }

    private static boolean isUsedUp(Problem problem) {
        return problem.type() != null && problem.type().endsWith("/usage-capped");
    }

    private static Problem problem(String body) {
        try {
            Problem problem = XWire.JSON.readValue(body, Problem.class);
            return problem == null ? Problem.NONE : problem;
        } catch (JacksonException e) {
            return Problem.NONE;
        }
    }

    private static Set<String> parameters(Problem problem) {
        Set<String> names = new TreeSet<>();
        if (problem.parameters() != null) {
            names.addAll(problem.parameters().keySet());
        }
        inner(problem).forEach(inner -> names.addAll(parameters(inner)));
        return names;
    }

    private static Stream<Problem> inner(Problem problem) {
        return problem.errors() == null ? Stream.empty() : problem.errors().stream().filter(Objects::nonNull);
    }

    /** The network's own words, shortened, on one line, and without the key in case it repeats it. */
    private String quoted(Problem problem) {
        String words = problem.words().replace(token.value(), "…").replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (words.isEmpty()) {
            return "";
        }
        int end = words.offsetByCodePoints(0, Math.min(MAX_QUOTE_LENGTH, words.codePointCount(0, words.length())));
        return " It says: “" + words.substring(0, end) + "”.";
    }
}
