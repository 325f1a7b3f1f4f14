package social.coral.networks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
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

    private static final int MAX_LENGTH = 500;
    /** A quote that has no end, in a text that was cut, ends with it. */
    private static final Pattern IN_BRACKETS = Pattern.compile("\\[[^]]*+(]|$)");
    private static final String NOT_OF_THE_KEY = "(?!.*?\\b(your|apps?|application|client|developer|project|plan|token)\\b)";

    /** What each is known by. The first that fits is taken. */
    private static final List<Words> WORDS = List.of(
            Words.of(CREDITS, "\\bcredits?\\b", "credits ?depleted", "\\bbalance\\b"),
            Words.of(ALLOWANCE, "usage[- ]?cap", "\\bcap exceeded", "\\b(spend|spending|monthly|billing)\\b.*\\b(cap|limit)\\b",
                    "\\b(consumed|used)\\b.*\\bmonthly\\b"),
            Words.of(LIMIT, "\\brate limit\\b.*\\b(exceeded|reached)\\b", "\\btoo many requests\\b"),
            Words.of(PLAN, "not[- ]enrolled", "enrollment", "attached to a project", "access level", "level of( api)? access",
                    "\\bplans?\\b.*\\bnot\\b.*\\b(include|access|allow|cover|support)", "\\bavailable\\b.*\\b(plans?|tiers?)\\b",
                    "\\bupgrade\\b.*\\b(plan|access|tier)\\b", "\\brequires?\\b.*\\b(basic|pro|enterprise|elevated|higher|paid)\\b",
                    "\\baccess which includes\\b", "subset of (x|twitter)", "payment (is )?required.", ".payment (is )?required",
                    "client forbidden", "\\bsubscription\\b", "payment method", "\\btrial\\b.*\\b(ended|expired|over)\\b", "pay[- ]per[- ]use"),
            Words.of(KEY, "authenticat", "not (permitted|allowed) to use oauth", "\\btokens?\\b.*\\b(invalid|expired|revoked|known)\\b",
                    "\\b(invalid|expired|revoked)\\b.*\\btokens?\\b", "application-only", "\\bcredentials\\b",
                    "\\bsuspended app(lication)?\\b", "\\bunlock your account\\b", "client is not (permitted|allowed)", "associated with (this|the|your) token",
                    "\\b(your (user |x |twitter )?account|(your|this|the|client|developer) (client )?(app|application|project))\\b"
                            + ".*\\b(suspended|locked|blocked|banned|disabled|deactivated|restricted|not (permitted|allowed|configured))\\b"),
            Words.of(DUPLICATE, "duplicate content"),
            Words.of(REPLY_RESTRICTED, "\\brepl(y|ies|ying)\\b.*\\b(not allowed|not permitted|restricted|limited)\\b", "not (allowed|permitted) to reply\\b"),
            Words.of(ACCOUNT_WITHHELD, "withheld"),
            Words.ofOthers(ACCOUNT_SUSPENDED, "\\b(user|account)\\b.*\\bsuspended\\b"),
            Words.ofOthers(ACCOUNT_PROTECTED, "not possible to view (tweets|posts)", "not authorized to (see|view|access)\\b", "\\b(user|account|posts|tweets)\\b.*\\bprotected\\b"),
            Words.ofOthers(ACCOUNT_WITHHELD, "\\b(user|account)\\b.*\\b(locked|restricted)\\b", "\\bblocked\\b.*\\b(user|account|author|view|see|from)\\b"),
            Words.of(ACCOUNT_UNKNOWN, "could not find", "\\bnot found\\b", "\\b(user|account)\\b.*(does not exist|no longer exists|deactivated|deleted)"),
            Words.of(PASSING, "service unavailable", "over capacity", "internal (server )?error", "timed? ?out", "try again later"));

    private record Words(XBlame blame, Pattern pattern) {

        /**
         * Finds one of the alternatives anywhere. The parts around a ".*" are looked for once each, one after the other, so that
         * the steps grow with the length of a text and no faster.
         */
        static Words of(XBlame blame, String... alternatives) {
            return new Words(blame, Pattern.compile(anyOf(alternatives), Pattern.DOTALL));
        }

        static Words ofOthers(XBlame blame, String... alternatives) {
            return new Words(blame, Pattern.compile(NOT_OF_THE_KEY + anyOf(alternatives), Pattern.DOTALL));
        }

        private static String anyOf(String... alternatives) {
            return Stream.of(alternatives).map(alternative -> "(?>.*?" + alternative.replace(".*", ")(?>.*?") + ")").collect(Collectors.joining("|", "(?:", ")"));
        }
    }

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
        // The words on what is paid for are the most exact: "Too Many Requests" may be the title of a cap.
        Optional<XBlame> byWords = all.stream().filter(blame -> blame == CREDITS || blame == ALLOWANCE).findFirst().or(() -> all.stream().findFirst());
        String type = StringUtils.trimTrailingCharacter(String.valueOf(part.type()).toLowerCase(Locale.ROOT), '/');
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
        String start = text == null ? "" : text.substring(0, Math.min(text.length(), MAX_LENGTH));
        return ofPlainWords(IN_BRACKETS.matcher(start.toLowerCase(Locale.ROOT)).replaceAll("").replaceAll("\\s+", " "));
    }

    static Optional<XBlame> ofPlainWords(CharSequence text) {
        return WORDS.stream().filter(words -> words.pattern().matcher(text).lookingAt()).map(Words::blame).findFirst();
    }
}
