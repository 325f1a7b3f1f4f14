package social.coral.networks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.networks.XWire.Problem;

/** What a refusal of X is about, read from its type first, then its words, then the errors within it. */
enum XBlame {
    /** No such account, or no longer. */
    ACCOUNT_UNKNOWN,
    ACCOUNT_SUSPENDED,
    ACCOUNT_PROTECTED,
    /** Shown to others, and not to this key or from here: it blocked us, or is locked, restricted or withheld. */
    ACCOUNT_WITHHELD,
    KEY,
    /** The project or the access level behind the key. */
    PLAN,
    CREDITS,
    /** What the plan allows in a billing period. */
    ALLOWANCE,
    REQUEST,
    /** The number of calls in a time. */
    LIMIT,
    /** A post that repeats an earlier one. */
    DUPLICATE,
    /** A reply that the author of the post does not allow. */
    REPLY_RESTRICTED,
    /** A fault of X's own, which may pass. */
    PASSING;

    private static final Pattern IN_BRACKETS = Pattern.compile("\\[[^]]*]");
    private static final Pattern CREDIT_WORDS = Pattern.compile("\\bcredits?\\b|credits ?depleted|\\bbalance\\b");
    private static final Pattern ALLOWANCE_WORDS = Pattern.compile("usage[- ]?cap|\\bcap exceeded|\\b(spend|spending|monthly|billing)\\b.*\\b(cap|limit)\\b");
    private static final Pattern PLAN_WORDS = Pattern.compile("not[- ]enrolled|enrollment|attached to a project|access level|level of( api)? access"
            + "|\\bplans?\\b.*\\bnot\\b.*\\b(include|access|allow|cover|support)|\\bavailable\\b.*\\b(plans?|tiers?)\\b|\\bupgrade\\b.*\\b(plan|access|tier)\\b|\\brequires?\\b.*\\b(basic|pro|enterprise|elevated|higher|paid)\\b"
            + "|\\baccess which includes\\b|subset of (x|twitter)|payment (is )?required.|.payment (is )?required|client forbidden|\\bsubscription\\b");
    private static final Pattern KEY_WORDS = Pattern.compile("authenticat|not (permitted|allowed) to use oauth|\\btokens?\\b.*\\b(invalid|expired|revoked|known)\\b"
            + "|\\b(invalid|expired|revoked)\\b.*\\btokens?\\b|application-only|\\bcredentials\\b|\\bsuspended app(lication)?\\b|\\bunlock your account\\b"
            + "|\\b(your (user |x |twitter )?account|(your|this|the|client|developer) (client )?(app|application|project))\\b.*\\b(suspended|locked|blocked|banned|disabled|deactivated|restricted|not (permitted|allowed|configured))\\b");
    private static final Pattern LIMIT_WORDS = Pattern.compile("\\brate limit\\b.*\\b(exceeded|reached)\\b|\\btoo many requests\\b");
    private static final Pattern OF_THE_KEY = Pattern.compile("\\b(your|apps?|application|client|developer|project|plan|token)\\b");
    private static final Pattern SUSPENDED = Pattern.compile("\\b(user|account)\\b.*\\bsuspended\\b");
    private static final Pattern PROTECTED = Pattern.compile("not authorized to (see|view|access)\\b|\\b(user|account|posts|tweets)\\b.*\\bprotected\\b");
    private static final Pattern CLOSED = Pattern.compile("\\b(user|account)\\b.*\\b(locked|restricted)\\b|\\bblocked\\b.*\\b(user|account|author|view|see|from)\\b");
    private static final Pattern UNKNOWN = Pattern.compile("could not find|\\bnot found\\b|\\b(user|account)\\b.*(does not exist|no longer exists|deactivated|deleted)");
    private static final Pattern PASSING_WORDS = Pattern.compile("service unavailable|over capacity|internal (server )?error|timed? ?out|try again later");

    static Optional<XBlame> of(Problem problem) {
        return Stream.concat(Stream.of(problem), problem.inner().stream()).map(XBlame::ofPart).flatMap(Optional::stream).findFirst();
    }

    /** Reports whether it is about the account that the call was about. */
    boolean isOfAccount() {
        return this == ACCOUNT_UNKNOWN || this == ACCOUNT_SUSPENDED || this == ACCOUNT_PROTECTED || this == ACCOUNT_WITHHELD;
    }

    /** Reports whether it is about what the key's owner has agreed with X, or paid. */
    boolean isOfPlan() {
        return this == PLAN || this == CREDITS || this == ALLOWANCE;
    }

    private static Optional<XBlame> ofPart(Problem part) {
        List<XBlame> all = Stream.of(part.reason(), part.title(), part.detail(), part.message(), part.error())
                .map(XBlame::ofWords).flatMap(Optional::stream).toList();
        // What is paid for is told most exactly: "Too Many Requests" may stand above a cap.
        Optional<XBlame> byWords = all.stream().filter(blame -> blame == CREDITS || blame == ALLOWANCE).findFirst().or(() -> all.stream().findFirst());
        String type = String.valueOf(part.type()).toLowerCase(Locale.ROOT).replaceAll("/+$", "");
        return switch (type.substring(type.lastIndexOf('/') + 1)) {
            case "usage-capped", "rule-cap" -> Optional.of(ALLOWANCE);
            case "credits", "credits-depleted" -> Optional.of(all.contains(ALLOWANCE) ? ALLOWANCE : CREDITS);
            case "client-not-enrolled" -> Optional.of(PLAN);
            case "client-forbidden" -> Optional.of(all.contains(KEY) ? KEY : PLAN);
            case "unsupported-authentication", "oauth1-permissions" -> Optional.of(KEY);
            case "disallowed-resource" -> byWords.filter(XBlame::isOfAccount).or(() -> Optional.of(ACCOUNT_WITHHELD));
            case "not-authorized-for-resource" -> byWords.filter(XBlame::isOfAccount).or(() -> Optional.of(ACCOUNT_PROTECTED));
            case "resource-not-found" -> byWords.filter(XBlame::isOfAccount).or(() -> Optional.of(ACCOUNT_UNKNOWN));
            case "invalid-request", "not-authorized-for-field" -> Optional.of(REQUEST);
            case "service-unavailable", "internal-error", "operational-disconnect" -> Optional.of(PASSING);
            default -> byWords;
        };
    }

    /** What is quoted in brackets comes from whoever asked, and says nothing. */
    private static Optional<XBlame> ofWords(@Nullable String text) {
        String words = IN_BRACKETS.matcher(text == null ? "" : text.toLowerCase(Locale.ROOT)).replaceAll("").replaceAll("\\s+", " ");
        if (CREDIT_WORDS.matcher(words).find()) {
            return Optional.of(CREDITS);
        }
        if (ALLOWANCE_WORDS.matcher(words).find()) {
            return Optional.of(ALLOWANCE);
        }
        if (LIMIT_WORDS.matcher(words).find()) {
            return Optional.of(LIMIT);
        }
        if (PLAN_WORDS.matcher(words).find()) {
            return Optional.of(PLAN);
        }
        if (KEY_WORDS.matcher(words).find()) {
            return Optional.of(KEY);
        }
        if (words.contains("duplicate content")) {
            return Optional.of(DUPLICATE);
        }
        if (words.matches(".*\\brepl(y|ies|ying)\\b.*\\b(not allowed|not permitted|restricted|limited)\\b.*|.*not (allowed|permitted) to reply\\b.*")) {
            return Optional.of(REPLY_RESTRICTED);
        }
        if (words.contains("withheld")) {
            return Optional.of(ACCOUNT_WITHHELD);
        }
        if (!OF_THE_KEY.matcher(words).find()) {
            if (SUSPENDED.matcher(words).find()) {
                return Optional.of(ACCOUNT_SUSPENDED);
            }
            if (PROTECTED.matcher(words).find()) {
                return Optional.of(ACCOUNT_PROTECTED);
            }
            if (CLOSED.matcher(words).find()) {
                return Optional.of(ACCOUNT_WITHHELD);
            }
        }
        return UNKNOWN.matcher(words).find() ? Optional.of(ACCOUNT_UNKNOWN)
                : PASSING_WORDS.matcher(words).find() ? Optional.of(PASSING) : Optional.empty();
    }
}
