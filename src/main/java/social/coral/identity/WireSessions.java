package social.coral.identity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The wire protocol's routes that open, renew and end sessions. */
@RestController
@RequestMapping("/auth/v1")
@Tag(name = "Authentication", description = "Sign-up, sign-in and tokens, compatible with GoTrue clients")
class WireSessions {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record SignUpRequest(
            @Nullable String email, @Nullable String phone, @Nullable String password, @Nullable Map<String, @Nullable Object> data) {

        @Override
        public String toString() {
            return "SignUpRequest[hidden]";
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record TokenRequest(@Nullable String email, @Nullable String password, @Nullable String refreshToken) {

        @Override
        public String toString() {
            return "TokenRequest[hidden]";
        }
    }

    private record Opened(Person person, Session session, String refreshToken) {

        @Override
        public String toString() {
            return "Opened[" + session.id() + "]";
        }
    }

    private final Accounts accounts;
    private final People people;
    private final Sessions sessions;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final WireBearer bearer;

    WireSessions(
            Accounts accounts,
            People people,
            Sessions sessions,
            RefreshTokens refreshTokens,
            AccessTokens accessTokens,
            WireBearer bearer) {
        this.accounts = accounts;
        this.people = people;
        this.sessions = sessions;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.bearer = bearer;
    }

    @PostMapping("/signup")
    @SecurityRequirements
    @Operation(summary = "Sign up", description = "Returns a session. An address that is already registered answers 422 `user_already_exists`.")
    WireSession signUp(@RequestBody(required = false) @Nullable SignUpRequest body, HttpServletRequest request) {
        SignUpRequest asked = body == null ? new SignUpRequest(null, null, null, null) : body;
        if (isAbsent(asked.email())) {
            throw isAbsent(asked.phone())
                    ? new WireRefusal(HttpStatus.UNPROCESSABLE_ENTITY, "anonymous_provider_disabled", "Anonymous sign-ins are disabled")
                    : new WireRefusal(HttpStatus.BAD_REQUEST, "phone_provider_disabled", "Phone signups are disabled");
        }
        if (asked.password() == null || asked.password().isEmpty()) {
            throw new WireRefusal(HttpStatus.BAD_REQUEST, "validation_failed", "Signup requires a valid password");
        }
        Client client = Client.of(request);
        return answer(accounts.signUp(
                asked.email(), asked.password(), withoutNulls(asked.data()), client, person -> open(person, client)));
    }

    @PostMapping("/token")
    @SecurityRequirements
    @Operation(
            summary = "Sign in, or renew a session",
            description = "Takes an address and a password with `grant_type=password`, or the newest refresh token with `grant_type=refresh_token`.")
    WireSession token(
            @RequestParam(name = "grant_type", defaultValue = "") String grantType,
            @RequestBody(required = false) @Nullable TokenRequest body,
            HttpServletRequest request) {
        TokenRequest asked = body == null ? new TokenRequest(null, null, null) : body;
        return switch (grantType) {
            case "password" -> byPassword(asked, Client.of(request));
            case "refresh_token" -> byRefreshToken(asked.refreshToken());
            default -> throw new WireRefusal(HttpStatus.BAD_REQUEST, "invalid_credentials", "unsupported_grant_type");
        };
    }

    private WireSession byPassword(TokenRequest asked, Client client) {
        if (isAbsent(asked.email())) {
            throw new WireRefusal(HttpStatus.BAD_REQUEST, "validation_failed", "missing email or phone");
        }
        return answer(accounts.signIn(asked.email(), asked.password(), client, null, person -> open(person, client)));
    }

    private WireSession byRefreshToken(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            throw new WireRefusal(HttpStatus.BAD_REQUEST, "validation_failed", "refresh_token required");
        }
        RefreshTokens.Renewed renewed = refreshTokens.renew(token);
        Person person = people.find(renewed.session().personId()).orElseThrow(WireBearer::personGone);
        if (person.banned()) {
            throw new WireRefusal(HttpStatus.BAD_REQUEST, "user_banned", "Invalid Refresh Token: User Banned");
        }
        return answer(new Opened(person, renewed.session(), renewed.token()));
    }

    @PostMapping("/logout")
    @Operation(summary = "Sign out", description = "`scope` is `global`, `local` or `others`.")
    ResponseEntity<Void> signOut(
            @RequestParam(defaultValue = "global") String scope,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            HttpServletRequest request) {
        SignedInPerson person = bearer.person(authorization);
        Client client = Client.of(request);
        switch (scope) {
            case "global" -> sessions.endAll(person.id(), client);
            case "others" -> sessions.endOthers(person.id(), person.sessionId(), client);
            case "local" -> sessions.end(person.id(), person.sessionId(), client);
            default -> throw new WireRefusal(HttpStatus.BAD_REQUEST, "validation_failed", "Unsupported logout scope \"" + scope + "\"");
        }
        return ResponseEntity.noContent().build();
    }

    private Opened open(Person person, Client client) {
        Session session = sessions.open(person.id(), client, null);
        return new Opened(person, session, refreshTokens.issue(session));
    }

    private WireSession answer(Opened opened) {
        return WireSession.of(accessTokens.issue(opened.person(), opened.session()), opened.refreshToken(), opened.person());
    }

    private static boolean isAbsent(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private static Map<String, Object> withoutNulls(@Nullable Map<String, @Nullable Object> data) {
        Map<String, Object> kept = new HashMap<>();
        if (data != null) {
            data.forEach((name, value) -> {
                if (value != null) {
                    kept.put(name, value);
                }
            });
        }
        return kept;
    }
}
