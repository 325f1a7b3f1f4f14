package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.TestPerson;

@CoralTest
class WireProtocolTest {

    private static final String VERSION = "X-Supabase-Api-Version";

    @Autowired People people;

    @Test
    void signingUpGivesASessionInTheProtocolsShape() throws ParseException {
        String address = people.anAddress();
        Map<String, @Nullable Object> body = new HashMap<>();
        body.put("email", "  " + address.replace("person", "PERSON") + " ");
        body.put("password", "a long and pleasant phrase");
        body.put("data", Map.of("full_name", "Somebody", "theme", "dark"));
        body.put("gotrue_meta_security", Map.of());
        body.put("code_challenge", null);
        body.put("code_challenge_method", null);
        TestAnswer answer = publicClient().post("/auth/v1/signup?redirect_to=http%3A%2F%2Flocalhost", body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().propertyNames())
                .containsExactlyInAnyOrder("access_token", "token_type", "expires_in", "expires_at", "refresh_token", "user");
        assertThat(answer.text("/token_type")).isEqualTo("bearer");
        assertThat(answer.json().at("/expires_in").asInt()).isBetween(3590, 3600);
        assertThat(answer.json().at("/user").propertyNames()).contains(
                "id", "aud", "role", "email", "phone", "email_confirmed_at", "confirmed_at", "last_sign_in_at",
                "app_metadata", "user_metadata", "identities", "created_at", "updated_at", "is_anonymous");
        assertThat(answer.text("/user/email")).isEqualTo(address);
        assertThat(answer.text("/user/user_metadata/theme")).isEqualTo("dark");
        assertThat(answer.text("/user/app_metadata/provider")).isEqualTo("email");
        assertThat(answer.text("/user/identities/0/id")).isEqualTo(answer.text("/user/id"));

        SignedJWT token = SignedJWT.parse(answer.text("/access_token"));
        assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        assertThat(token.getPayload().toJSONObject().keySet()).contains(
                "iss", "sub", "aud", "exp", "iat", "email", "phone", "app_metadata", "user_metadata", "role", "aal", "amr",
                "session_id", "is_anonymous");
        assertThat(token.getPayload().toJSONObject()).containsEntry("aud", "authenticated").containsEntry("aal", "aal1");
        assertThat(people.aStranger().get("/auth/v1/.well-known/jwks.json").body()).contains(token.getHeader().getKeyID());
    }

    @Test
    void signingInWorksAgainAndAgainWhateverTheLetterCase() {
        TestPerson person = people.aPerson();
        for (String address : List.of(person.email(), person.email().toUpperCase(java.util.Locale.ROOT))) {
            TestAnswer answer = publicClient().post(
                    "/auth/v1/token?grant_type=password", Map.of("email", address, "password", person.password()));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text("/user/id")).isEqualTo(person.id().toString());
        }
    }

    @Test
    void anErrorHasTheFormOfTheClientsVersion() {
        Map<String, String> wrong = Map.of("email", people.anAddress(), "password", "not the password");

        TestAnswer old = publicClient().post("/auth/v1/token?grant_type=password", wrong);
        assertThat(old.status()).isEqualTo(400);
        assertThat(old.body()).isEqualTo("{\"code\":400,\"error_code\":\"invalid_credentials\",\"msg\":\"Invalid login credentials\"}");
        assertThat(old.header("x-sb-error-code")).isEqualTo("invalid_credentials");
        assertThat(old.header(VERSION)).isNull();

        TestAnswer named = publicClient().with(VERSION, "2024-01-01").post("/auth/v1/token?grant_type=password", wrong);
        assertThat(named.status()).isEqualTo(400);
        assertThat(named.body()).isEqualTo("{\"code\":\"invalid_credentials\",\"message\":\"Invalid login credentials\"}");
        assertThat(named.header("x-sb-error-code")).isEqualTo("invalid_credentials");
        assertThat(named.header(VERSION)).isEqualTo("2024-01-01");
    }

    @Test
    void invalidInputIsRefusedWithItsField() {
        TestPerson person = people.aPerson();
        refuses(422, "user_already_exists", "/auth/v1/signup", person.credentials());
        refuses(422, "anonymous_provider_disabled", "/auth/v1/signup", "");
        refuses(400, "validation_failed", "/auth/v1/signup", Map.of("email", " ", "password", "a long and pleasant phrase"));
        refuses(400, "phone_provider_disabled", "/auth/v1/signup", Map.of("phone", "+491", "password", "a long and pleasant phrase"));
        assertThat(person.put("/auth/v1/user", Map.of("phone", "+491")).text("/error_code")).isEqualTo("phone_provider_disabled");
        assertThat(publicClient().get("/auth/v1/signup").status()).isEqualTo(405);
        refuses(422, "anonymous_provider_disabled", "/auth/v1/signup", Map.of("data", Map.of()));
        refuses(400, "validation_failed", "/auth/v1/signup", Map.of("email", "a@b.org,c@d.org", "password", "a long and pleasant phrase"));
        refuses(400, "validation_failed", "/auth/v1/signup", Map.of("email", "\u212Aate@example.org", "password", "a long and pleasant phrase"));
        refuses(400, "validation_failed", "/auth/v1/signup", Map.of("email", people.anAddress()));
        refuses(400, "validation_failed", "/auth/v1/signup", "{\"email\":\"" + people.anAddress() + "\",\"password\":\"a long and pleasant phrase\",\"data\":"
                + "{\"a\":".repeat(400) + "1" + "}".repeat(401));
        refuses(400, "validation_failed", "/auth/v1/signup",
                Map.of("email", people.anAddress(), "password", "a long and pleasant phrase", "data", Map.of("x", "y".repeat(5000))));
        refuses(400, "validation_failed", "/auth/v1/signup",
                Map.of("email", people.anAddress(), "password", "a long and pleasant phrase", "data", Map.of("full_name", "\0")));
        refuses(400, "validation_failed", "/auth/v1/signup", "{\"email\":\"" + people.anAddress() + "\",\"password\":\"half a letter \\ud800\"}");
        refuses(400, "validation_failed", "/auth/v1/signup",
                "{\"email\":\"" + people.anAddress() + "\",\"password\":\"a long and pleasant phrase\",\"data\":{\"x\":\"\\ud800\"}}");
        refuses(400, "invalid_credentials", "/auth/v1/token?grant_type=password", "{\"email\":\"" + person.email() + "\",\"password\":\"half a letter \\ud800\"}");
        refuses(400, "bad_json", "/auth/v1/signup", "{\"email\":");
        refuses(400, "bad_json", "/auth/v1/signup", "[]");
        refuses(413, "body_too_large", "/auth/v1/signup", Map.of("email", "x".repeat(1 << 20)));
        assertThat(publicClient().send("POST", "/auth/v1/signup", inPieces("{\"email\":\"" + "x".repeat(1 << 20) + "\"}"), "application/json").status())
                .isEqualTo(413);
        refuses(400, "invalid_credentials", "/auth/v1/token?grant_type=pkce", Map.of("auth_code", "x", "code_verifier", "y"));
        refuses(404, "not_found", "/auth/v1/recover", Map.of("email", person.email()));
        refuses(404, "not_found", "/auth/v1/no/such/route", "");
    }

    @Test
    void aPasswordThatIsTriedFirstIsRefusedAndALongPhraseIsTaken() {
        String address = people.anAddress();
        String name = address.substring(0, address.indexOf('@'));
        for (String weak : List.of("short", "password", "P@ssw0rd2024!", "qwertyuiop", "87654321", "abcabcabcabc", "aaaaaaaaaa", "CoralSocial1!", address, name + "1")) {
            TestAnswer answer = publicClient().post("/auth/v1/signup", Map.of("email", address, "password", weak));
            assertThat(answer.status()).as(weak).isEqualTo(422);
            assertThat(answer.text("/error_code")).isEqualTo("weak_password");
            assertThat(answer.json().at("/weak_password/reasons").size()).isEqualTo(1);
        }
        String phrase = "ünïcode phrase ".repeat(34);
        assertThat(publicClient().post("/auth/v1/signup", Map.of("email", address, "password", phrase)).status()).isEqualTo(200);
        assertThat(publicClient().post("/auth/v1/token?grant_type=password", Map.of("email", address, "password", phrase)).status()).isEqualTo(200);
        assertThat(publicClient().post("/auth/v1/token?grant_type=password", Map.of("email", address, "password", phrase.strip())).status())
                .isEqualTo(400);
    }

    @Test
    void theProtocolListsItsSettings() {
        TestAnswer keys = publicClient().get("/auth/v1/.well-known/jwks.json");
        assertThat(keys.header("Cache-Control")).contains("max-age=600").contains("public");
        assertThat(keys.text("/keys/0/crv")).isEqualTo("P-256");
        assertThat(keys.json().at("/keys/0").has("d")).isFalse();
        assertThat(publicClient().get("/auth/v1/settings").json().at("/external/email").asBoolean()).isTrue();
        assertThat(publicClient().get("/auth/v1/health").status()).isEqualTo(200);
    }

    @Test
    void aPersonReadsAndChangesTheirOwnData() {
        TestPerson person = people.aPerson();
        assertThat(person.get("/auth/v1/user").text("/id")).isEqualTo(person.id().toString());

        TestAnswer first = person.put("/auth/v1/user", Map.of("data", Map.of("theme", "dark", "size", Map.of("w", 1))));
        assertThat(first.text("/user_metadata/theme")).as(first.body()).isEqualTo("dark");
        TestAnswer second = person.put("/auth/v1/user", "{\"data\":{\"theme\":null},\"password\":null,\"unknown\":1}");
        assertThat(second.json().at("/user_metadata").propertyNames()).containsExactly("size");

        assertThat(person.put("/auth/v1/user", Map.of("email", people.anAddress())).status()).isEqualTo(400);
        assertThat(people.aStranger().get("/auth/v1/user").text("/error_code")).isEqualTo("no_authorization");
        assertThat(people.aStranger().get("/auth/v1/user").status()).isEqualTo(401);
    }

    @Test
    void changingThePasswordNeedsTheCurrentOneAndEndsEveryOtherSession() {
        TestPerson person = people.aPerson();
        String fresh = "another pleasant phrase";
        assertThat(person.put("/auth/v1/user", Map.of("password", fresh)).text("/error_code")).isEqualTo("current_password_required");
        assertThat(person.put("/auth/v1/user", Map.of("password", fresh, "current_password", "wrong one")).text("/error_code"))
                .isEqualTo("current_password_invalid");
        assertThat(person.put("/auth/v1/user", Map.of("password", person.password(), "current_password", person.password())).text("/error_code"))
                .isEqualTo("same_password");
        assertThat(person.put("/auth/v1/user", Map.of("password", "password1", "current_password", person.password())).text("/error_code"))
                .isEqualTo("weak_password");

        assertThat(person.put("/auth/v1/user", Map.of("password", fresh, "current_password", person.password())).status()).isEqualTo(200);
        assertThat(person.get("/auth/v1/user").status()).isEqualTo(200);
        assertThat(people.aBrowserWith(person.cookie()).get("/api/user/profile").status()).isEqualTo(401);
        assertThat(publicClient().post("/auth/v1/token?grant_type=password", person.credentials()).status()).isEqualTo(400);
    }

    @Test
    void aPartlyInvalidChangeChangesNothing() {
        TestPerson person = people.aPerson();
        Map<String, Object> change = Map.of(
                "password", "another pleasant phrase", "current_password", person.password(), "data", Map.of("note", "n".repeat(5000)));

        assertThat(person.put("/auth/v1/user", change).status()).isEqualTo(400);
        assertThat(people.aBrowserWith(person.cookie()).get("/api/user/profile").status()).as("another session goes on").isEqualTo(200);
        assertThat(publicClient().post("/auth/v1/token?grant_type=password", person.credentials()).status()).isEqualTo(200);
    }

    @Test
    void thePasswordAndTheMetadataChangeTogether() {
        TestPerson person = people.aPerson();
        String fresh = "another pleasant phrase";

        TestAnswer changed = person.put("/auth/v1/user", Map.of("password", fresh, "current_password", person.password(), "data", Map.of("theme", "dark")));
        assertThat(changed.text("/user_metadata/theme")).as(changed.body()).isEqualTo("dark");
        assertThat(publicClient().post("/auth/v1/token?grant_type=password", Map.of("email", person.email(), "password", fresh)).status()).isEqualTo(200);
    }

    /** A body whose length is not announced. */
    private static HttpRequest.BodyPublisher inPieces(String text) {
        return HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** As the published client calls before anybody is signed in: its public key takes the place of a token. */
    private TestClient publicClient() {
        return people.aStranger().with("apikey", "public-key").with("Authorization", "Bearer public-key").with("X-Client-Info", "client/2");
    }

    private void refuses(int status, String code, String path, Object body) {
        TestAnswer answer = publicClient().post(path, body);
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(status);
        assertThat(answer.text("/error_code")).as(path).isEqualTo(code);
        assertThat(answer.header("x-sb-error-code")).isEqualTo(code);
    }
}
