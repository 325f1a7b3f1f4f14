package social.coral.models;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a provider says of an error, in whichever of their shapes. */
record Problem(String type, String code, String param, String message) {

    private static final Pattern NAMED = Pattern.compile("[`'\"]?([a-z][a-z_]{2,40})(?:\\.[a-z_.]+)?[`'\"]?");
    private static final Pattern NOT_TAKEN = Pattern.compile("(?i)unsupported|not (?:be )?supported|does(?: not|n't) support|deprecated|unknown|unrecognized|unexpected"
            + "|not permitted|not allowed|not available|unavailable|not compatible|no longer|only the default|cannot be (?:used|specified|set)|extra (?:inputs|fields)"
            + "|invalid (?:parameter|argument|field|property)");
    private static final Pattern NOT_TAKEN_CODE = Pattern.compile("(?:unsupported|unknown)_(?:parameter|value)");
    /** What is said of a value that another value may do for. */
    private static final Pattern OUT_OF_RANGE = Pattern.compile("(?i)\\btoo (?:large|big|high|long|small|low|many)\\b|\\bat (?:most|least)\\b|\\brange\\b|\\bbetween\\b"
            + "|\\b(?:less|greater|more|smaller|larger|bigger|higher|lower) than\\b|\\bexceed|\\b(?:above|below|maximum|minimum)\\b|[<>≤≥]");

    /** Reads the error in a body; empty if it holds none. */
    static Optional<Problem> of(JsonNode body) {
        JsonNode ofChoice = body.path("choices").path(0).path("error");
        JsonNode error = ofChoice.isObject() ? ofChoice : body.path("error");
        if (error.isString()) {
            return Optional.of(new Problem("", "", "", error.stringValue()));
        }
        if (error.isObject()) {
            return Optional.of(of(error, Reply.text(error.path("message"))));
        }
        if ("error".equals(Reply.text(body.path("object"))) || body.path("message").isString()) {
            return Optional.of(of(body, Reply.text(body.path("message"))));
        }
        if (body.has("detail")) {
            return Optional.of(new Problem("", "", "", Reply.text(body.path("detail"))));
        }
        return "failed".equals(Reply.text(body.path("status"))) ? Optional.of(new Problem("", "", "", "")) : Optional.empty();
    }

    private static Problem of(JsonNode error, String message) {
        return new Problem(Reply.text(error.path("type")), error.path("code").asString(""), Reply.text(error.path("param")), message);
    }

    /** Returns the parameter that is not taken whatever its value, if it is one of these. */
    Optional<String> refusedParameter(Set<String> parameters) {
        if (!NOT_TAKEN_CODE.matcher(code).matches() && (!NOT_TAKEN.matcher(message).find() || OUT_OF_RANGE.matcher(message).find())) {
            return Optional.empty();
        }
        String first = param.replaceAll("[.\\[].*", "");
        if (parameters.contains(first)) {
            return Optional.of(first);
        }
        return param.isEmpty() ? NAMED.matcher(message).results().map(named -> named.group(1)).filter(parameters::contains).findFirst() : Optional.empty();
    }

    boolean isAbout(Pattern kinds) {
        return kinds.matcher(type + " " + code + " " + message).find();
    }

    /** Returns its number where its code is the status that the answer should have had. */
    int status() {
        return code.matches("[45][0-9]{2}") ? Integer.parseInt(code) : 0;
    }
}
