package social.coral.identity;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;

/**
 * Sign-up and sign-in for the pages. Invalid input is a {@link Failure} whose errors name the field of the form ({@code email},
 * {@code password}, {@code full_name}); wrong credentials and too many attempts name none.
 */
@Component
public class SignIn {

    private final Accounts accounts;
    private final BrowserSessions sessions;

    SignIn(Accounts accounts, BrowserSessions sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /** Creates the person and signs the browser in. */
    public BrowserSession signUp(
            @Nullable String email, @Nullable String password, @Nullable String fullName, Client client, @Nullable String deviceToken) {
        Map<String, Object> data = new HashMap<>();
        if (fullName != null && !fullName.isBlank()) {
            data.put("full_name", fullName.strip());
        }
        return accounts.signUp(email, password, data, client, person -> sessions.open(person, client, deviceToken));
    }

    /**
     * Signs the browser in.
     *
     * @param deviceToken the device token of an earlier {@link BrowserSession}; null for a browser that has none
     */
    public BrowserSession signIn(@Nullable String email, @Nullable String password, Client client, @Nullable String deviceToken) {
        return accounts.signIn(email, password, client, deviceToken, person -> sessions.open(person, client, deviceToken));
    }
}
