package social.coral.identity;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;

/**
 * Sign-up and sign-in for the pages. What a person can mend is a {@link Failure} whose errors name the field of the form
 * ({@code email}, {@code password}, {@code full_name}); wrong credentials and too many attempts name none.
 */
@Component
public class SignIn {

    private final Accounts accounts;
    private final BrowserSessions sessions;

    SignIn(Accounts accounts, BrowserSessions sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /** Makes the person and signs the browser in. */
    public BrowserSession signUp(
            @Nullable String email, @Nullable String password, @Nullable String fullName, Client client, @Nullable String mark) {
        Map<String, Object> data = new HashMap<>();
        if (fullName != null && !fullName.isBlank()) {
            data.put("full_name", fullName.strip());
        }
        try {
            return accounts.signUp(email, password, data, client, person -> sessions.open(person, client, mark));
        } catch (Failure failure) {
            throw inPlainWords(failure);
        }
    }

    /**
     * Signs the browser in.
     *
     * @param mark what an earlier {@link BrowserSession} gave it to keep; null for a browser that has none
     */
    public BrowserSession signIn(@Nullable String email, @Nullable String password, Client client, @Nullable String mark) {
        try {
            return accounts.signIn(email, password, client, mark, person -> sessions.open(person, client, mark));
        } catch (Failure failure) {
            throw inPlainWords(failure);
        }
    }

    /** The wire protocol's sentences are fixed for its clients; a page says the same to a person. */
    private static Failure inPlainWords(Failure failure) {
        return switch (failure.code()) {
            case "user_already_exists" -> Failure.of(HttpStatus.UNPROCESSABLE_ENTITY, failure.code(),
                    "Somebody has signed up with this address already. If it was you, sign in instead.").at("email");
            case "invalid_credentials" -> Failure.of(HttpStatus.BAD_REQUEST, failure.code(),
                    "The email address or password is incorrect.");
            case "user_banned" -> Failure.of(HttpStatus.BAD_REQUEST, failure.code(),
                    "This account is suspended. Ask whoever runs this installation.");
            case "validation_failed" -> failure.sentence().startsWith("Unable to validate email")
                    ? Failure.of(failure.status(), failure.code(), "This is not an email address.").at("email")
                    : failure.sentence().startsWith("Signup requires")
                            ? Failure.of(failure.status(), failure.code(), "Choose a password.").at("password")
                            : failure;
            default -> failure;
        };
    }
}
