package social.coral.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request refused with a problem document, in X's words. */
final class Refusal extends RuntimeException {

    private static final String PROBLEMS = "https://api.twitter.com/2/problems/";

    private final int status;
    private final Map<String, Object> document = new LinkedHashMap<>();

    private Refusal(int status, String words) {
        super(words, null, false, false);
        this.status = status;
    }

    private Refusal(int status, String title, String detail, String type) {
        this(status, detail);
        document.put("title", title);
        document.put("detail", detail);
        document.put("type", type);
        document.put("status", status);
    }

    static Refusal invalid(String detail) {
        return new Refusal(400, "Invalid Request", detail, PROBLEMS + "invalid-request");
    }

    /** A parameter with an invalid value. */
    static Refusal parameter(String name, String value, String message) {
        Refusal refusal = invalid("One or more parameters to your request was invalid.");
        refusal.document.remove("status");
        refusal.document.put("errors", List.of(Map.of("parameters", Map.of(name, List.of(value)), "message", message)));
        return refusal;
    }

    /** A refused token request, in the format of RFC 6749. */
    static Refusal oauth(String error, String description) {
        Refusal refusal = new Refusal(400, description);
        refusal.document.put("error", error);
        refusal.document.put("error_description", description);
        return refusal;
    }

    static Refusal value(String name, String value, String fault) {
        return parameter(name, value, "The `" + name + "` query parameter value [" + value + "] " + fault);
    }

    static Refusal unauthorized() {
        return new Refusal(401, "Unauthorized", "Unauthorized", "about:blank");
    }

    static Refusal userContextNeeded() {
        return new Refusal(403, "Unsupported Authentication",
                "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.", PROBLEMS + "unsupported-authentication");
    }

    static Refusal forbidden(String detail) {
        return new Refusal(403, "Forbidden", detail, "about:blank");
    }

    static Refusal notFound() {
        return new Refusal(404, "Not Found", "Not Found", "about:blank");
    }

    static Refusal tooManyRequests() {
        return new Refusal(429, "Too Many Requests", "Too Many Requests", "about:blank");
    }

    static Refusal notAuthorized() {
        return new Refusal(403, "Authorization Error", "Sorry, you are not authorized to see this user.", PROBLEMS + "not-authorized-for-resource");
    }

    static Refusal noCredits() {
        return new Refusal(402, "CreditsDepleted", "Your enrolled account does not have any credits to fulfill this request.", PROBLEMS + "credits");
    }

    static Refusal usageCapped() {
        return new Refusal(429, "UsageCapExceeded", "Usage cap exceeded: Monthly product cap", PROBLEMS + "usage-capped");
    }

    static Refusal notEnrolled() {
        Refusal refusal = new Refusal(403, "Client Forbidden",
                "You must use keys and tokens from a developer App that is attached to a Project.", PROBLEMS + "client-forbidden");
        refusal.document.put("reason", "client-not-enrolled");
        return refusal;
    }

    static Refusal fault(int status) {
        String title = status == 503 ? "Service Unavailable" : "Internal Server Error";
        return new Refusal(status, title, "The sandbox cannot answer this call now.", "about:blank");
    }

    /** An error about one requested item, within an otherwise successful response. */
    static Map<String, Object> partial(String title, String detail, String type, String resource, String parameter, String value) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("value", value);
        error.put("detail", detail);
        error.put("title", title);
        error.put("resource_type", resource);
        error.put("parameter", parameter);
        error.put("resource_id", value);
        error.put("type", PROBLEMS + type);
        return error;
    }

    static Map<String, Object> missing(String resource, String parameter, String value) {
        return partial("Not Found Error", "Could not find " + resource + " with " + parameter + ": [" + value + "].", "resource-not-found",
                resource, parameter, value);
    }

    static Map<String, Object> suspended(String parameter, String value) {
        return partial("Forbidden", "User has been suspended: [" + value + "].", "resource-not-found", "user", parameter, value);
    }

    Answer answer() {
        return Answer.json(status, document).with(Map.of("Content-Type", "application/problem+json"));
    }
}
