package social.coral.agents;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import social.coral.content.Username;
import social.coral.egress.Peer;
import social.coral.networks.TestNetwork;
import social.coral.vault.ServiceName;

/** A tenant with a key and two accounts, and an X that answers calls with that key as a test wants. */
abstract class RefusingX extends CollectingRuns {

    static final TestNetwork NETWORK = new TestNetwork();
    static final String ONE = "first_one";
    static final String OTHER = "other_one";
    static final String CREDITS = "{\"title\":\"CreditsDepleted\",\"detail\":\"Your enrolled account does not have any credits.\"}";

    final String key = "key-" + UUID.randomUUID();
    final List<String> asked = new CopyOnWriteArrayList<>();

    @DynamicPropertySource
    static void thatNetworkIsX(DynamicPropertyRegistry registry) {
        NETWORK.becomeX(registry);
    }

    @BeforeEach
    void aKeyAndTwoAccounts() {
        tenant.run(() -> {
            keys.save(ServiceName.TWITTER_BEARER, key);
            accounts.add(Username.of("username", ONE), 90);
            accounts.add(Username.of("username", OTHER), 10);
        });
    }

    void answers(TestNetwork.Manner manner) {
        NETWORK.with(key, request -> {
            asked.add(request.lines().findFirst().orElse(""));
            return manner.answer(request);
        });
    }

    static Peer.Answer usual(String request) {
        String name = request.replaceAll("(?s)GET /2/users/by/username/([a-z_]+) .*", "$1");
        return TestNetwork.json(name.equals(request) ? "{\"meta\":{\"result_count\":0}}"
                : "{\"data\":{\"id\":\"%s\",\"username\":\"%s\",\"name\":\"%s\"}}".formatted(TestNetwork.idOf(name), name, name));
    }

    static boolean lookUp(String request, String name) {
        return request.contains("/users/by/username/" + name);
    }

    static boolean timeline(String request, String name) {
        return request.contains("/users/" + TestNetwork.idOf(name) + "/tweets");
    }

    static String post(String author, String id) {
        return "{\"data\":[{\"id\":\"%s\",\"text\":\"a\",\"author_id\":\"%s\",\"created_at\":\"2025-03-12T00:00:00Z\"}]}".formatted(id, TestNetwork.idOf(author));
    }

    void known(String name, String sinceId) {
        tenant.run(() -> door.sql("""
                        update public.x_accounts set network = 'x', network_user_id = :id, since_id = :since, last_collected_at = now()
                        where user_id = :tenant and username = :name
                        """)
                .param("id", TestNetwork.idOf(name)).param("since", sinceId).param("name", name).update());
    }
}
