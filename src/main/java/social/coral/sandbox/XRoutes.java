package social.coral.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The X API v2 routes: identifies the caller, applies rate limits, and handles the call. */
final class XRoutes {

    /** One API call: its name for rate limiting, and its handler. */
    private record Route(String endpoint, Handler handler) {}

    private interface Handler {
        Answer answer(Caller caller, long now);
    }

    private final World world;
    private final Reading reading;
    private final Writing writing;
    private final OAuth oauth;
    private final Clock clock;
    private final RateLimits limits = new RateLimits();

    XRoutes(World world, OAuth oauth, Clock clock) {
        this.world = world;
        this.reading = new Reading(world);
        this.writing = new Writing(world);
        this.oauth = oauth;
        this.clock = clock;
    }

    Answer answer(Request request) {
        Instant now = clock.instant();
        Route route = route(request);
        if (route.endpoint().startsWith("POST oauth2")) {
            return route.handler().answer(new Caller("", null), now.toEpochMilli());
        }
        Caller caller = Caller.of(request, now);
        if (oauth.isRevoked(caller.token())) {
            throw Refusal.unauthorized();
        }
        RateLimits.State state = limits.take(caller.token(), route.endpoint(), now.getEpochSecond());
        try {
            if (state.spent()) {
                throw Refusal.tooManyRequests();
            }
            return route.handler().answer(caller, now.toEpochMilli()).with(state.headers());
        } catch (Refusal refusal) {
            return refusal.answer().with(state.headers());
        }
    }

    /** Writes a post as the account of a token, at a time, unless it is there; returns its id. */
    long post(String token, String text, long at) {
        return world.own().postOnce(person(Caller.of(token, clock.instant())), text, at).id();
    }

    private Route route(Request request) {
        List<String> path = request.segments();
        String call = request.method() + " " + String.join("/", path.subList(1, path.size()));
        return switch (call) {
            case "GET users/by" -> new Route(call, (caller, now) -> reading.usersByNames(request));
            case "GET users/me" -> new Route(call, (caller, now) -> reading.me(request, person(caller)));
            case "GET tweets" -> new Route(call, (caller, now) -> reading.posts(request, now));
            case "POST tweets" -> new Route(call, (caller, now) -> writing.post(request, person(caller), now));
            case "POST oauth2/token" -> new Route(call, (caller, now) -> oauth.token(Request.form(request.body()), now / 1000));
            case "POST oauth2/revoke" -> new Route(call, (caller, now) -> oauth.revoke(Request.form(request.body())));
            default -> routeWithPart(request, path);
        };
    }

    private Route routeWithPart(Request request, List<String> path) {
        String method = request.method();
        if (method.equals("GET") && path.size() == 5 && path.get(2).equals("by") && path.get(3).equals("username")) {
            return new Route("GET users/by/username/{username}", (caller, now) -> reading.userByName(request, path.get(4)));
        }
        if (method.equals("GET") && path.size() == 4 && path.get(1).equals("users") && path.get(3).equals("tweets")) {
            return new Route("GET users/{id}/tweets", (caller, now) -> reading.timeline(request, path.get(2), now));
        }
        if (method.equals("GET") && path.size() == 4 && path.get(1).equals("users") && path.get(3).equals("mentions")) {
            return new Route("GET users/{id}/mentions", (caller, now) -> {
                person(caller);
                return reading.mentions(request, path.get(2), now);
            });
        }
        if (method.equals("DELETE") && path.size() == 3 && path.get(1).equals("tweets")) {
            return new Route("DELETE tweets/{id}", (caller, now) -> writing.delete(person(caller), path.get(2), now));
        }
        throw Refusal.notFound();
    }

    /** Returns the account that the caller acts as. Nobody can act as one of the sandbox's authors. */
    private Account person(Caller caller) {
        String handle = caller.person();
        if (world.authors().byHandle(handle) != null) {
            throw Refusal.forbidden("@" + handle + " belongs to the sandbox; choose another handle.");
        }
        return world.own().actAs(handle);
    }

    /** Returns the account that a call is about, if its path names one. */
    @Nullable Account subject(Request request) {
        List<String> path = request.segments();
        boolean byId = path.size() == 4 && path.get(1).equals("users") && path.get(2).matches("[0-9]{1,18}");
        return byId ? world.byId(Long.parseLong(path.get(2))) : null;
    }
}
