package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.TestPerson;
import social.coral.api.Failure;
import social.coral.tenancy.TenantDoor;

@CoralTest
class SignUpTest {

    private static final Client HERE = new Client("192.0.2.1", null);

    @Autowired People people;
    @Autowired Accounts accounts;
    @Autowired SignIn signIn;
    @Autowired AuthDatabase database;
    @Autowired TenantDoor door;

    @Test
    void aNewPersonHasAProfileADefaultPersonaAndAFirstLogEntry() throws Exception {
        TestAnswer answer = people.aStranger().post("/auth/v1/signup",
                Map.of("email", people.anAddress(), "password", "a long and pleasant phrase", "data", Map.of("full_name", " Somebody Else ")));
        TestClient api = people.aStranger().with("Authorization", "Bearer " + answer.text("/access_token"));
        TestAnswer profile = api.get("/api/user/profile");
        assertThat(profile.text("/profile/user_id")).isEqualTo(answer.text("/user/id"));
        assertThat(profile.text("/profile/email")).isEqualTo(answer.text("/user/email"));
        assertThat(profile.text("/profile/full_name")).isEqualTo("Somebody Else");
        assertThat(profile.text("/profile/subscription_tier")).isEqualTo("free");
        assertThat(profile.json().at("/profile/api_usage_limit").asInt()).isEqualTo(1000);
        assertThat(profile.json().at("/profile/setup_completed").asBoolean()).isFalse();

        new social.coral.tenancy.Tenant(java.util.UUID.fromString(answer.text("/user/id"))).run(() -> {
            assertThat(door.sql("select name || '/' || tone from personas where user_id = :tenant and is_default").list(row -> row.getString(1)))
                    .containsExactly("My voice/professional");
            assertThat(door.sql("select agent_name || '/' || action from agent_logs where user_id = :tenant").list(row -> row.getString(1)))
                    .containsExactly("system/user_created");
        });
    }

    @Test
    void manySignUpsAtOnceForOneAddressMakeOnePerson() throws Exception {
        String address = people.anAddress();
        List<Callable<Integer>> calls = IntStream.range(0, 8).<Callable<Integer>>mapToObj(i -> () -> people.aStranger()
                .post("/auth/v1/signup", Map.of("email", i % 2 == 0 ? address : address.toUpperCase(java.util.Locale.ROOT), "password", "a long and pleasant phrase"))
                .status()).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Integer> answers = threads.invokeAll(calls).stream().map(Future::resultNow).toList();
            assertThat(answers).containsOnlyOnce(200).containsOnly(200, 422);
        }
        assertThat(peopleWith(address)).isEqualTo(1);
    }

    @Test
    void aSignUpThatFailsHalfwayLeavesNothing() {
        String address = people.anAddress();
        assertThatThrownBy(() -> accounts.signUp(address, "a long and pleasant phrase", Map.of(), HERE, person -> {
            throw new IllegalStateException("the session could not be opened");
        })).isInstanceOf(IllegalStateException.class);
        assertThat(peopleWith(address)).isZero();
    }

    @Test
    void nobodyCanSignUpWithFurtherRights() throws Exception {
        UUID wanted = UUID.randomUUID();
        TestAnswer answer = people.aStranger().post("/auth/v1/signup", Map.of(
                "email", people.anAddress(), "password", "a long and pleasant phrase", "id", wanted, "role", "service_role", "aud", "admin",
                "app_metadata", Map.of("role", "admin"), "data", Map.of("role", "service_role", "sub", wanted, "subscription_tier", "enterprise")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/user/id")).isNotEqualTo(wanted.toString());
        assertThat(answer.text("/user/role")).isEqualTo("authenticated");
        assertThat(answer.json().at("/user/app_metadata").propertyNames()).containsExactlyInAnyOrder("provider", "providers");
        Map<String, Object> claims = SignedJWT.parse(answer.text("/access_token")).getPayload().toJSONObject();
        assertThat(claims).containsEntry("role", "authenticated").containsEntry("aud", "authenticated").containsEntry("sub", answer.text("/user/id"));
        assertThat(people.aStranger().with("Authorization", "Bearer " + answer.text("/access_token")).get("/api/user/profile")
                .text("/profile/subscription_tier")).isEqualTo("free");
    }

    @Test
    void aPageLearnsWhichFieldToCorrect() {
        TestPerson taken = people.aPerson();
        assertThat(fieldOf(() -> signIn.signUp("nobody", "a long and pleasant phrase", null, HERE, null))).isEqualTo("email");
        assertThat(fieldOf(() -> signIn.signUp(taken.email(), "a long and pleasant phrase", null, HERE, null))).isEqualTo("email");
        assertThat(fieldOf(() -> signIn.signUp(people.anAddress(), "short", null, HERE, null))).isEqualTo("password");
        assertThat(fieldOf(() -> signIn.signUp(people.anAddress(), null, null, HERE, null))).isEqualTo("password");
        assertThat(fieldOf(() -> signIn.signUp(people.anAddress(), "a long and pleasant phrase", "x".repeat(201), HERE, null))).isEqualTo("full_name");
        assertThat(signIn.signUp(people.anAddress(), "a long and pleasant phrase", "\ud83e\udeb8".repeat(200), HERE, null)).as("counted as a person does").isNotNull();
        assertThat(fieldOf(() -> signIn.signIn(taken.email(), "not the password", HERE, null))).isEmpty();
        assertThat(fieldOf(() -> signIn.signIn("nobody", "not the password", HERE, null))).isEmpty();
    }

    private static String fieldOf(Runnable attempt) {
        try {
            attempt.run();
        } catch (Failure failure) {
            return failure.errors().isEmpty() ? "" : failure.errors().getFirst().field();
        }
        throw new AssertionError("nothing failed");
    }

    private int peopleWith(String address) {
        return database.sql("select count(*) from auth.users where lower(email) = :email").param("email", address).query(Integer.class).single();
    }
}
