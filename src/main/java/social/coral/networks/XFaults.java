package social.coral.networks;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.StringUtils;
import social.coral.api.Quote;
import social.coral.egress.EgressResponse;
import social.coral.networks.XWire.Problem;
import social.coral.services.ServiceFault;

/** Turns the errors of X into faults whose sentences a person can act on. */
final class XFaults {

    private static final String NEW_KEY_OF_SANDBOX = "choose “Use the sandbox” under Settings, Keys to get a new key";
    /** What a client remembers of an earlier answer, and may be refused later. */
    private static final List<String> REMEMBERED = List.of("pagination_token", "since_id", "start_time");

    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);
    private static final String NOTHING_STORED = " Nothing was stored.";
    private static final Logger log = LoggerFactory.getLogger(XFaults.class);

    private final String network;
    private final String first;
    private final XCredentials credentials;
    private final String consequence;
    private final AtomicBoolean logged = new AtomicBoolean();

    XFaults(XCredentials credentials) {
        this(credentials, NOTHING_STORED);
    }

    private XFaults(XCredentials credentials, String consequence) {
        this.consequence = consequence + " If this keeps happening, tell your administrator.";
        this.network = credentials.network() == Network.SANDBOX ? "the sandbox" : "X";
        this.first = StringUtils.capitalize(network);
        this.credentials = credentials;
    }

    /** Those of a question about keys, which would store nothing anyway. */
    static XFaults ofKeyCheck(XCredentials credentials) {
        return new XFaults(credentials, "");
    }

    /** The network's name at the beginning of a sentence. */
    String first() {
        return first;
    }

    /**
     * The fault that an answer other than 200 means.
     *
     * @param account the account that the call is about, such as "@reef_notes"; null for a call about none
     */
    ServiceFault of(EgressResponse reply, @Nullable String account, Instant now) {
        int status = reply.status();
        Optional<Problem> ofX = Problem.of(reply);
        Problem problem = ofX.orElse(Problem.NONE);
        Optional<XBlame> blame = XBlame.of(problem);
        if (status == 429 && blame.filter(XBlame::isOfPlan).isEmpty() || status >= 400 && blame.filter(XBlame.LIMIT::equals).isPresent()) {
            return ofX.isPresent() || RateLimitWindow.isOfX(reply) ? new RateLimitWindow(reply, now).fault(network, first)
                    : new RateLimitWindow(reply, now).fault(intercepted(reply));
        }
        if (status < 400 || status == 407 || status == 511 || status != 429 && ofX.isEmpty()) {
            return intercepted(reply);
        }
        if (status >= 500) {
            return new ServiceFault.Unavailable(first + " answered with an error (status " + status + ")." + quoted(problem));
        }
        ServiceFault fault = blame.map(known -> of(known, account, status, problem)).orElseGet(() -> byStatus(account, status, problem));
        return fault instanceof ServiceFault.KeyRefused && credentials instanceof OAuthKeys ? wrongClock(reply, problem, now).orElse(fault) : fault;
    }

    /** X refuses a signed request whose time is off by some minutes, whatever the keys. */
    private static Optional<ServiceFault> wrongClock(EgressResponse reply, Problem problem, Instant now) {
        Optional<Duration> behind = reply.header("Date").flatMap(XFaults::parsed).map(date -> Duration.between(now, date))
                .filter(skew -> skew.abs().compareTo(MAX_CLOCK_SKEW) > 0);
        if (behind.isEmpty() && !OAuthKeys.isAboutTime(problem)) {
            return Optional.empty();
        }
        String how = behind.map(skew -> skew.abs().toMinutes() + " minutes " + (skew.isNegative() ? "fast" : "slow")).orElse("wrong");
        return Optional.of(new ServiceFault.Unavailable("The clock of this server is " + how
                + ", so X refuses every signed request. Tell your administrator; the keys may be right."));
    }

    private static Optional<Instant> parsed(String date) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private ServiceFault byStatus(@Nullable String account, int status, Problem problem) {
        return switch (status) {
            case 401 -> of(XBlame.KEY, account, status, problem);
            case 402 -> of(XBlame.CREDITS, account, status, problem);
            case 403 -> new ServiceFault.BadRequest(first + " does not allow this call (status 403)." + quoted(problem)
                    + " If it does so for every account, " + remedy("check the app's access in the developer portal") + ".", Set.of());
            case 404 -> of(XBlame.ACCOUNT_UNKNOWN, account, status, problem);
            case 410 -> new ServiceFault.BadRequest(first + " no longer offers this call (status 410)." + quoted(problem), Set.of());
            case 408, 425 -> of(XBlame.PASSING, account, status, problem);
            case 451 -> of(XBlame.ACCOUNT_WITHHELD, account, status, problem);
            default -> of(XBlame.REQUEST, account, status, problem);
        };
    }

    private ServiceFault of(XBlame blame, @Nullable String account, int status, Problem problem) {
        // Money is never a matter of the account, and a call about no account cannot blame one.
        XBlame about = status == 402 && blame != XBlame.ALLOWANCE ? XBlame.CREDITS
                : status == 429 && blame == XBlame.PLAN ? XBlame.ALLOWANCE : account == null && blame.isOfAccount() ? XBlame.REQUEST : blame;
        return switch (about) {
            case ACCOUNT_UNKNOWN, ACCOUNT_SUSPENDED, ACCOUNT_PROTECTED, ACCOUNT_WITHHELD -> ofAccount(String.valueOf(account), about, problem);
            case KEY -> new ServiceFault.KeyRefused(credentials.key(), keyRefused(status, problem) + quoted(problem));
            case PLAN, CREDITS, ALLOWANCE -> new ServiceFault.PlanRefused(credentials.key(), planRefused(about) + quoted(problem));
            case DUPLICATE -> new ServiceFault.BadRequest(first + " has this text already; change it." + quoted(problem), Set.of());
            case REPLY_RESTRICTED -> new ServiceFault.BadRequest(
                    "The author of that post does not allow this reply; nothing was sent." + quoted(problem), Set.of());
            case PASSING -> new ServiceFault.Unavailable(first + " could not answer this call (status " + status + ")." + quoted(problem));
            case REQUEST, LIMIT -> new ServiceFault.BadRequest(first + " rejected the request (status " + status + ")." + quoted(problem), parameters(problem));
        };
    }

    private String keyRefused(int status, Problem problem) {
        if (credentials instanceof OAuthKeys keys) {
            return keys.refusal(status, problem);
        }
        return status == 401
                ? first + " does not accept the bearer token; " + remedy("make a new one in the developer portal and save it under Settings, Keys") + "."
                : first + " does not allow this key to make this call; "
                        + remedy("check the app in the developer portal, and that the key is its app-only bearer token") + ".";
    }

    private String planRefused(XBlame blame) {
        return switch (blame) {
            case CREDITS -> "No credits are left for your app with " + network + "; " + planRemedy("add credits in the developer portal") + ".";
            case ALLOWANCE -> "The usage allowance of your plan with " + network + " is used up; "
                    + planRemedy("raise it in the developer portal, or wait for the next billing period") + ".";
            default -> "The app is not enrolled in a project or plan of " + network + " that allows this call; "
                    + planRemedy("attach it to a project in the developer portal, or choose a higher access level there") + ".";
        };
    }

    /** What to do about a plan; the sandbox has none, and refuses every key in the same way. */
    private String planRemedy(String atX) {
        return credentials.network() == Network.SANDBOX ? "the sandbox plays this fault for a while, whatever the key" : atX;
    }

    /** What to do about a key; the sandbox has no portal, its keys are issued here. */
    private String remedy(String atX) {
        return credentials.network() == Network.SANDBOX ? NEW_KEY_OF_SANDBOX : atX;
    }

    /** The fault of an answer with status 200 and errors in the place of data; empty if these are about what was asked for. */
    Optional<ServiceFault> ofErrorsAlone(List<Problem> problems, EgressResponse reply, Instant now) {
        return problems.stream().filter(problem -> !problem.isOfAReference()).findFirst().flatMap(problem -> switch (XBlame.of(problem).orElse(XBlame.REQUEST)) {
            case LIMIT -> Optional.of(new RateLimitWindow(reply, now).fault(network, first));
            case PASSING -> Optional.of(of(XBlame.PASSING, null, reply.status(), problem));
            default -> Optional.empty();
        });
    }

    /** The fault that an error about one account means, in an answer that is otherwise fine. */
    ServiceFault ofAccount(String account, Problem problem) {
        XBlame blame = XBlame.of(problem).orElse(XBlame.PASSING);
        return blame == XBlame.PASSING || blame == XBlame.REQUEST
                ? new ServiceFault.Unavailable(first + " did not return this account." + quoted(problem))
                : of(blame, account, 200, problem);
    }

    private ServiceFault ofAccount(String account, XBlame blame, Problem problem) {
        return switch (blame) {
            case ACCOUNT_SUSPENDED -> new ServiceFault.Forbidden(
                    account + " is suspended by " + network + "; nothing can be collected from it." + quoted(problem));
            case ACCOUNT_PROTECTED -> new ServiceFault.Forbidden(
                    account + " is protected: only its approved followers can read it." + quoted(problem));
            case ACCOUNT_WITHHELD -> new ServiceFault.Forbidden(first + " does not show us the posts of " + account + "." + quoted(problem));
            default -> new ServiceFault.NotFound("There is no account " + account + (credentials.network() == Network.SANDBOX ? " in " : " on ") + network
                    + ". Check the spelling, or remove it." + quoted(problem));
        };
    }

    ServiceFault malformed(String what) {
        logOnce(what);
        return new ServiceFault.Malformed(first + " " + what + "." + consequence);
    }

    /** The fault of an answer that X did not give. What it holds is shown to nobody. */
    ServiceFault.Intercepted intercepted(EgressResponse reply) {
        int status = reply.status();
        String what = status >= 300 && status < 400 ? "a redirect" : reply.body().stripLeading().startsWith("<") ? "a web page" : "another server's answer";
        logOnce(what + " came back (status " + status + ")");
        return new ServiceFault.Intercepted(first + " did not answer; " + what + " came back instead (status " + status + ")." + consequence);
    }

    /** Informs the operator, who alone can change the address and whatever is in between; once for each key in use. */
    private void logOnce(String what) {
        if (logged.compareAndSet(false, true)) {
            log.warn("{}: {}. Check that X_API_URL leads to X's API, and the proxy or firewall in between.", first, what);
        }
    }

    /** Reports whether X turned the request down because of this parameter, which it does only after it has accepted the key. */
    static boolean isComplaintAbout(String parameter, EgressResponse reply) {
        return (reply.status() == 400 || reply.status() == 200) && Problem.of(reply)
                .filter(problem -> reply.status() == 400 && "Invalid Request".equals(problem.title()) || Stream.concat(Stream.of(problem), problem.inner().stream())
                        .anyMatch(part -> parameter.equals(part.parameter()) || part.parameters() != null && part.parameters().containsKey(parameter)))
                .isPresent();
    }

    /** The parameters that a refusal names, in whatever part of it; if it names none, all that a client may have remembered. */
    private static Set<String> parameters(Problem problem) {
        Set<String> names = new TreeSet<>();
        Stream.concat(Stream.of(problem), problem.inner().stream()).forEach(part -> {
            if (part.parameters() != null) {
                names.addAll(part.parameters().keySet());
            }
            String words = part.words() + " " + part.parameter();
            REMEMBERED.stream().filter(words::contains).forEach(names::add);
        });
        return names.isEmpty() ? Set.copyOf(REMEMBERED) : names;
    }

    /** The network's own words, without the keys in case it repeats it. */
    private String quoted(Problem problem) {
        String own = Stream.concat(problem.inner().stream(), Stream.of(problem)).map(Problem::words).filter(text -> !text.isBlank()).findFirst().orElse("");
        return Quote.of(first, credentials.redacted(own));
    }
}
