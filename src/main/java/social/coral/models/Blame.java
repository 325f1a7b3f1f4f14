package social.coral.models;

import java.util.regex.Pattern;

/** What an error of a provider is about. */
enum Blame {
    PLAN,
    MODEL,
    KEY,
    RATE,
    LENGTH,
    PASSING,
    REQUEST;

    private static final Pattern PLAN_WORDS = Pattern.compile("(?i)insufficient_quota|credit_balance|spend_limit|usage_limit_exceeded|billing_(?:error|hard_limit|not_active)"
            + "|credit balance is too low|exceeded your current quota|insufficient (?:credits?|funds|balance|quota)|out of credits|no credits|usage limits?\\b");
    private static final Pattern PLAN_CODE = Pattern.compile("insufficient_quota|credit|billing|spend_limit");
    private static final Pattern MODEL_CODES = Pattern.compile("model_not_found|model_not_available|model_decommissioned|model_not_active|invalid_model|unknown_model");
    private static final Pattern MODEL_WORDS = Pattern.compile("(?i)\\bmodels?\\b.{0,150}\\b(?:not found|(?:does|do) not exist|decommissioned|retired|no longer available|not available)\\b"
            + "|\\b(?:invalid|unknown|no such) model\\b|^\\W*not_found_error\\W.*\\bmodel", Pattern.DOTALL);
    private static final Pattern MODEL_NOT_ALLOWED = Pattern.compile("(?i)not allowed to (?:sample from|use|access) (?:this|the) model");
    private static final Pattern KEY_CODES = Pattern.compile("authentication_error|invalid_api_key|permission_error");
    /** What a status that is not about the key says when the key is meant all the same. */
    private static final Pattern KEY_NOT_VALID = Pattern.compile("(?i)invalid_api_key|authentication_error|\\bapi[ _-]?key (?:is )?(?:not valid|invalid|expired|not found)"
            + "|\\b(?:invalid|incorrect) api[ _-]?key|\\borganization has been disabled");
    /** What a 403 says that is about the key; others are about the place, the way or the server. */
    private static final Pattern KEY_WORDS = Pattern.compile("(?i)authentication_error|invalid_api_key|permission_(?:error|denied)|\\bapi[ _-]?keys?\\b|\\b(?:this|your) key\\b"
            + "|insufficient permissions|missing scopes?|\\bunauthori[sz]ed\\b");
    private static final Pattern RATE_CODES = Pattern.compile("rate_limit|slow_down");
    /** A quota that is full again soon is a rate. */
    private static final Pattern RATE_WORDS = Pattern.compile("(?i)\\b(?:retry|try again) in [0-9.]+ ?(?:ms|s|m)\\b|\\bper[ _-]?(?:minute|second)\\b");
    private static final Pattern LENGTH_WORDS = Pattern.compile("(?i)context_length_exceeded|request_too_large|payload_too_large|prompt is too long|request too large|maximum context length|context (?:window|size|length)");
    /** More than a whole minute has room for. */
    private static final Pattern NEVER_FITS = Pattern.compile("(?i)\\brequest too large\\b");
    private static final Pattern PASSING_CODES = Pattern.compile("(?i)overloaded|api_error|timeout_error|service_unavailable|server_error|internal_error");
    private static final Pattern ELSEWHERE = Pattern.compile("unsupported_country|chat_completions_not_available|agent_api_migration_required");

    /** @param status of the response; of one that is 200 and holds an error, the status that this error usually has, or 200 */
    static Blame of(int status, Problem problem) {
        boolean isRate = status == 429 && !PLAN_CODE.matcher(problem.type() + " " + problem.code()).find() && problem.isAbout(RATE_WORDS);
        if (status == 402 || status < 500 && !isRate && problem.isAbout(PLAN_WORDS)) {
            return PLAN;
        }
        if (status < 500 && status != 401 && status != 429 && isOfModel(status, problem)) {
            return MODEL;
        }
        return switch (status) {
            case 401 -> KEY;
            case 403 -> !problem.isAbout(ELSEWHERE) && (problem.isAbout(KEY_WORDS) || problem.isAbout(KEY_NOT_VALID)) ? KEY : REQUEST;
            case 429 -> problem.isAbout(NEVER_FITS) ? LENGTH : RATE;
            case 413 -> LENGTH;
            case 408, 409, 424, 425 -> PASSING;
            default -> status >= 500 ? PASSING : byWords(status, problem);
        };
    }

    private static boolean isOfModel(int status, Problem problem) {
        return problem.isAbout(MODEL_CODES) || problem.isAbout(MODEL_NOT_ALLOWED) || problem.param().equals("model") || status != 403 && problem.isAbout(MODEL_WORDS);
    }

    private static Blame byWords(int status, Problem problem) {
        if (problem.isAbout(LENGTH_WORDS)) {
            return LENGTH;
        }
        if (status >= 400) {
            return problem.isAbout(KEY_NOT_VALID) ? KEY : REQUEST;
        }
        return problem.isAbout(KEY_CODES) ? KEY : problem.isAbout(RATE_CODES) ? RATE : problem.isAbout(PASSING_CODES) ? PASSING : REQUEST;
    }
}
