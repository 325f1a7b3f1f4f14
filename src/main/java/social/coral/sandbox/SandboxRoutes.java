package social.coral.sandbox;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The routes that X does not have: the sandbox's own page, tokens on request, fault injection, the consent page. */
final class SandboxRoutes {

    /** A request for a token; without a handle the token is read-only. */
    private record TokenOrder(@Nullable String handle) {}

    private static final String APP = "sandbox-app-";

    private final JsonMapper json = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private final Faults faults;
    private final OAuth oauth;
    private final Pages pages;

    SandboxRoutes(Faults faults, OAuth oauth, Pages pages) {
        this.faults = faults;
        this.oauth = oauth;
        this.pages = pages;
    }

    Answer answer(Request request, long now) {
        return switch (request.method() + " " + request.path()) {
            case "GET /" -> Answer.redirect("/sandbox");
            case "GET /sandbox" -> Answer.html(200, pages.landing(String.valueOf(request.header("host")), faults.waiting()));
            case "POST /sandbox/token" -> Answer.json(200, Map.of("token_type", "bearer", "access_token", token(request)));
            case "GET /sandbox/faults" -> Answer.json(200, Map.of("faults", faults.waiting()));
            case "POST /sandbox/faults" -> {
                faults.add(read(request.body(), Faults.Order.class));
                yield Answer.json(201, Map.of("faults", faults.waiting()));
            }
            case "DELETE /sandbox/faults" -> {
                faults.clear();
                yield Answer.json(200, Map.of("faults", faults.waiting()));
            }
            case "GET /i/oauth2/authorize" -> Answer.html(200, pages.consent(request.query()));
            case "POST /i/oauth2/authorize" -> oauth.agreed(Request.form(request.body()), now / 1000);
            default -> throw Refusal.notFound();
        };
    }

    private String token(Request request) {
        String handle = request.body().isBlank() ? null : read(request.body(), TokenOrder.class).handle();
        if (handle == null) {
            return newToken();
        }
        if (!handle.matches("[A-Za-z0-9_]{1,15}")) {
            throw Refusal.invalid("`handle` is 1 to 15 letters, digits and underscores.");
        }
        return "sandbox-user-" + handle + "-" + UUID.randomUUID();
    }

    static String actingToken(String key) {
        if (!key.startsWith(APP)) {
            return key;
        }
        String mark = Long.toHexString(Dice.seed(key) | 1L << 63);
        return "sandbox-user-you_" + mark.substring(0, 8) + "-" + mark;
    }

    static String newToken() {
        return APP + UUID.randomUUID();
    }

    private <T extends Object> T read(String body, Class<T> type) {
        try {
            T value = json.readValue(body, type);
            if (value != null) {
                return value;
            }
        } catch (JacksonException e) {
            // Refused below.
        }
        throw Refusal.invalid("The body is not JSON with the fields that /sandbox describes.");
    }
}
