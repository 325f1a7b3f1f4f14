package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.TestPerson;

@CoralTest
class AccessTokensTest {

    @Autowired People people;
    @Autowired SigningKeys keys;
    @Autowired AuthDatabase database;

    @Test
    void aTokenIsRefusedUnlessWeSignedItUnchangedAndItHasNotExpired() throws Exception {
        TestPerson person = people.aPerson();
        TestPerson other = people.aPerson();
        Map<String, Object> good = claimsOf(person);
        ECKey key = keys.signing();
        ECKey strange = new ECKeyGenerator(Curve.P_256).keyID(key.getKeyID()).generate();
        long now = Instant.now().getEpochSecond();

        Map<String, String> forged = new LinkedHashMap<>();
        forged.put("no algorithm", new PlainJWT(JWTClaimsSet.parse(good)).serialize());
        forged.put("the public key as a shared secret", signed(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), good, new MACSigner(key.toECPublicKey().getEncoded())));
        forged.put("another key under our id", signed(header(key.getKeyID()), good, new ECDSASigner(strange)));
        forged.put("our key under another id", signed(header(UUID.randomUUID().toString()), good, new ECDSASigner(key)));
        forged.put("no id of a key", signed(header(null), good, new ECDSASigner(key)));
        forged.put("a key that it brings along", signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).jwk(strange.toPublicJWK()).build(), good, new ECDSASigner(strange)));
        forged.put("an address of keys", signed(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("elsewhere")
                .jwkURL(URI.create("http://localhost:1/keys")).x509CertURL(URI.create("http://localhost:1/keys")).build(), good, new ECDSASigner(strange)));
        forged.put("claims exchanged", exchanged(person.accessToken(), with(good, "sub", other.id().toString())));
        forged.put("expired", ours(with(good, "exp", now - 1)));
        forged.put("an end that is text", ours(with(good, "exp", String.valueOf(now + 600))));
        forged.put("no end", ours(without(good, "exp")));
        forged.put("another audience", ours(with(good, "aud", "anon")));
        forged.put("another issuer", ours(with(good, "iss", "https://elsewhere.example.org/auth/v1")));
        forged.put("no session", ours(without(good, "session_id")));
        forged.put("a session that is no id", ours(with(good, "session_id", "x")));
        forged.put("no person", ours(without(good, "sub")));

        assertThat(asBearer(ours(good)).get("/api/user/profile").status()).isEqualTo(200);
        forged.forEach((name, token) -> {
            assertThat(asBearer(token).get("/api/user/profile").status()).as(name).isEqualTo(401);
            TestAnswer user = asBearer(token).get("/auth/v1/user");
            assertThat(user.status()).as(name).isEqualTo(403);
            assertThat(user.text("/error_code")).as(name).isEqualTo("bad_jwt");
        });
    }

    @Test
    void aSessionOfSomebodyElseDoesNotCarryAToken() throws Exception {
        TestPerson person = people.aPerson();
        String mixed = ours(with(claimsOf(person), "sub", people.aPerson().id().toString()));
        assertThat(person.get("/api/user/profile").status()).isEqualTo(200);
        assertThat(asBearer(mixed).get("/api/user/profile").status()).isEqualTo(401);
        assertThat(asBearer(mixed).get("/auth/v1/user").text("/error_code")).isEqualTo("session_not_found");
    }

    @Test
    void signingOutTakesEffectAtOnce() {
        TestPerson person = people.aPerson();
        assertThat(person.get("/api/user/profile").status()).isEqualTo(200);

        assertThat(person.api().post("/auth/v1/logout?scope=local").status()).isEqualTo(204);

        assertThat(person.get("/api/user/profile").status()).isEqualTo(401);
        assertThat(person.get("/auth/v1/user").text("/error_code")).isEqualTo("session_not_found");
        assertThat(people.aStranger().post("/auth/v1/token?grant_type=refresh_token", Map.of("refresh_token", person.refreshToken()))
                .text("/error_code")).isEqualTo("refresh_token_not_found");
        assertThat(people.aBrowserWith(person.cookie()).get("/api/user/profile").status()).isEqualTo(200);
    }

    @Test
    void signingOutReachesTheSessionsOfItsScope() {
        TestPerson person = people.aPerson();
        TestAnswer second = people.aStranger().post("/auth/v1/token?grant_type=password", person.credentials());
        TestClient elsewhere = asBearer(second.text("/access_token"));

        assertThat(person.api().post("/auth/v1/logout?scope=sideways").text("/error_code")).isEqualTo("validation_failed");
        assertThat(person.api().post("/auth/v1/logout?scope=others").status()).isEqualTo(204);
        assertThat(elsewhere.get("/auth/v1/user").status()).isEqualTo(403);
        assertThat(people.aBrowserWith(person.cookie()).get("/api/user/profile").status()).isEqualTo(401);
        assertThat(person.get("/auth/v1/user").status()).isEqualTo(200);

        assertThat(person.api().post("/auth/v1/logout").status()).isEqualTo(204);
        assertThat(person.get("/auth/v1/user").status()).isEqualTo(403);
    }

    @Test
    void aSessionThatAnotherProcessEndedIsOverWithinSeconds() {
        TestPerson person = people.aPerson();
        assertThat(person.get("/api/user/profile").status()).isEqualTo(200);
        database.sql("delete from auth.coral_sessions where user_id = :person").param("person", person.id()).update();
        await().atMost(Duration.ofSeconds(4)).untilAsserted(() -> assertThat(person.get("/api/user/profile").status()).isEqualTo(401));
    }

    @Test
    void aBannedPersonAndAnExpiredSessionAreKeptOut() {
        TestPerson person = people.aPerson();
        database.sql("update auth.coral_sessions set expires_at = now() where user_id = :person").param("person", person.id()).update();
        assertThat(person.get("/auth/v1/user").text("/error_code")).isEqualTo("session_not_found");
        assertThat(people.aBrowserWith(person.cookie()).get("/api/user/profile").status()).isEqualTo(401);

        database.sql("update auth.users set banned_until = now() + interval '1 day' where id = :person").param("person", person.id()).update();
        assertThat(people.aStranger().post("/auth/v1/token?grant_type=password", person.credentials()).text("/error_code"))
                .isEqualTo("user_banned");
    }

    @Test
    void bannedAndDeletedPeopleAreOutAtOnceAndStayOut() {
        for (String what : List.of("banned_until = now() + interval '1 day'", "deleted_at = now()")) {
            TestPerson person = people.aPerson();
            assertThat(people.aBrowserWith(person.cookie()).get("/api/user/profile").status()).isEqualTo(200);
            database.sql("update auth.users set " + what + " where id = :person").param("person", person.id()).update();

            assertThat(person.get("/api/user/profile").status()).as(what).isEqualTo(401);
            assertThat(person.get("/auth/v1/user").status()).as(what).isEqualTo(403);
            assertThat(people.aBrowserWith(person.cookie()).get("/api/user/profile").status()).as(what).isEqualTo(401);
            TestAnswer renewed = people.aStranger().post("/auth/v1/token?grant_type=refresh_token", Map.of("refresh_token", person.refreshToken()));
            assertThat(renewed.text("/error_code")).as(what).isIn("user_banned", "user_not_found");
        }
    }

    @Test
    void eachSecretOpensItsOwnDoorOnly() {
        TestPerson person = people.aPerson();
        for (String other : List.of(person.refreshToken(), person.cookie())) {
            assertThat(asBearer(other).get("/api/user/profile").status()).isEqualTo(401);
            assertThat(asBearer(other).get("/auth/v1/user").text("/error_code")).isEqualTo("bad_jwt");
        }
        for (String other : List.of(person.accessToken(), person.cookie())) {
            assertThat(people.aStranger().post("/auth/v1/token?grant_type=refresh_token", Map.of("refresh_token", other)).text("/error_code"))
                    .isEqualTo("refresh_token_not_found");
        }
        for (String other : List.of(person.accessToken(), person.refreshToken())) {
            assertThat(people.aBrowserWith(other).get("/api/user/profile").status()).isEqualTo(401);
        }
    }

    private TestClient asBearer(String token) {
        return people.aStranger().with("Authorization", "Bearer " + token);
    }

    private static Map<String, Object> claimsOf(TestPerson person) throws ParseException {
        return SignedJWT.parse(person.accessToken()).getPayload().toJSONObject();
    }

    private static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
        Map<String, Object> changed = new HashMap<>(claims);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, Object> without(Map<String, Object> claims, String name) {
        Map<String, Object> changed = new HashMap<>(claims);
        changed.remove(name);
        return changed;
    }

    private String ours(Map<String, Object> claims) throws JOSEException {
        return signed(header(keys.signing().getKeyID()), claims, new ECDSASigner(keys.signing()));
    }

    private static JWSHeader header(@org.jspecify.annotations.Nullable String kid) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(kid).build();
    }

    private static String signed(JWSHeader header, Map<String, Object> claims, JWSSigner signer) throws JOSEException {
        JWSObject token = new JWSObject(header, new Payload(claims));
        token.sign(signer);
        return token.serialize();
    }

    private static String exchanged(String token, Map<String, Object> claims) {
        String[] parts = token.split("\\.", -1);
        return parts[0] + "." + new Payload(claims).toBase64URL() + "." + parts[2];
    }
}
