package social.coral;

import java.util.Map;
import java.util.UUID;
import social.coral.tenancy.Tenant;

/**
 * Somebody who signed up over HTTP for one test.
 *
 * @param api calls with the person's bearer token
 * @param browser calls with a browser's cookie of the same person, and sends the token against forged forms
 * @param cookie the value of that cookie
 */
public record TestPerson(
        UUID id,
        String email,
        String password,
        String accessToken,
        String refreshToken,
        TestClient api,
        TestClient browser,
        String cookie,
        String cookieName) {

    public Tenant tenant() {
        return new Tenant(id);
    }

    public TestAnswer get(String path) {
        return api.get(path);
    }

    public TestAnswer post(String path, Object body) {
        return api.post(path, body);
    }

    public TestAnswer patch(String path, Object body) {
        return api.patch(path, body);
    }

    public TestAnswer put(String path, Object body) {
        return api.put(path, body);
    }

    public TestAnswer delete(String path) {
        return api.delete(path);
    }

    /** What signs this person in, in the wire protocol's and the login form's names. */
    public Map<String, String> credentials() {
        return Map.of("email", email, "password", password);
    }
}
