package social.coral;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import social.coral.identity.BrowserSession;
import social.coral.identity.Client;
import social.coral.identity.SignIn;
import social.coral.web.frame.SessionCookie;

/** Makes the people of a test. Each is new, and a tenant of their own. */
@TestComponent
public class People {

    private static final String PASSWORD = "violet harbour lantern 42";

    private final Environment environment;
    private final SignIn signIn;
    private final SessionCookie sessionCookie;

    People(Environment environment, SignIn signIn, SessionCookie sessionCookie) {
        this.environment = environment;
        this.signIn = signIn;
        this.sessionCookie = sessionCookie;
    }

    /** Signs up over the wire protocol, and signs in a second time as a browser. */
    public TestPerson aPerson() {
        String email = anAddress();
        TestAnswer session = aStranger().post("/auth/v1/signup", Map.of("email", email, "password", PASSWORD));
        if (session.status() != 200) {
            throw new AssertionError("signing up answered " + session.status() + " " + session.body());
        }
        BrowserSession browser = signIn.signIn(email, PASSWORD, new Client("127.0.0.1", "test browser"), null);
        String token = session.text("/access_token");
        return new TestPerson(
                UUID.fromString(session.text("/user/id")), email, PASSWORD, token, session.text("/refresh_token"),
                aStranger().with("Authorization", "Bearer " + token),
                aBrowserWith(browser.cookieValue()).with("X-CSRF-Token", csrfTokenOf(browser.cookieValue())),
                browser.cookieValue(),
                sessionCookie.name());
    }

    /** Another session of the person's. */
    public TestClient signedIn(TestPerson person) {
        return aStranger().with("Authorization", "Bearer " + aStranger().post("/auth/v1/token?grant_type=password", person.credentials()).text("/access_token"));
    }

    /** Changes the password of the person whose session this is, which ends every other of theirs. */
    public static void changePassword(TestClient session) {
        TestAnswer changed = session.put("/auth/v1/user", Map.of("password", "another battery staple 8", "current_password", PASSWORD));
        if (changed.status() != 200) {
            throw new AssertionError("changing the password answered " + changed.status() + " " + changed.body());
        }
    }

    /** A client that is nobody. */
    public TestClient aStranger() {
        return new TestClient("http://localhost:" + environment.getRequiredProperty("local.server.port"), Map.of());
    }

    /** A browser that holds this session cookie and sends nothing else. */
    public TestClient aBrowserWith(String cookie) {
        return aStranger().with("Cookie", sessionCookie.name() + "=" + cookie);
    }

    /** An address that nobody has yet. */
    public String anAddress() {
        return "person-" + UUID.randomUUID() + "@example.org";
    }

    /** The token that a page's forms carry, as it follows from the cookie, under a mask of zeros. */
    public static String csrfTokenOf(String cookie) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(("coral/csrf/" + cookie).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(ByteBuffer.allocate(64).put(32, hash).array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
