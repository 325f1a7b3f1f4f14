package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.egress.Peer;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** A run is cancelled while it waits for a service that takes minutes. */
@CoralTest
@DirtiesContext
@Import(ModelRunsTest.Writing.class)
class CancelledCallTest {

    private static final CountDownLatch CALLED = new CountDownLatch(1);
    private static final CountDownLatch CLOSED = new CountDownLatch(1);
    /** It begins a header and never ends it, for longer than the test waits and for less than a call may take. */
    private static final Peer PEER = Peer.thatChooses(head -> out -> {
        CALLED.countDown();
        try {
            out.write("HTTP/1.1 200 OK\r\nX-Wait: ".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 2_000; i++) {
                out.write('.');
                out.flush();
                Thread.sleep(50);
            }
        } catch (IOException | InterruptedException e) {
            CLOSED.countDown();
        }
    });

    @Autowired private TenantDoor door;
    @Autowired private ApiKeys keys;
    @Autowired private Agents agents;
    @Autowired private Runs runs;
    @Autowired private People people;

    @DynamicPropertySource
    static void theStandIn(DynamicPropertyRegistry registry) {
        registry.add("coral.models.anthropic-url", PEER::url);
        registry.add("coral.egress.allow-private", () -> PEER.url().replace("http://", ""));
    }

    @AfterAll
    static void close() throws IOException {
        PEER.close();
    }

    @Test
    void theRunEndsAtOnceTheConnectionIsClosedAndTheCallIsCharged() throws Exception {
        Tenant tenant = people.aPerson().tenant();
        tenant.run(() -> keys.save(ServiceName.ANTHROPIC, "sk-ant-0123456789abcdef"));
        UUID run = tenant.call(() -> agents.run("writing")).id();
        CALLED.await();
        assertThat(tenant.call(() -> runs.cancel(run)).cancelling()).isTrue();
        await().atMost(Duration.ofSeconds(60)).until(() -> tenant.call(() -> runs.find(run).orElseThrow()).status().isOver());
        CLOSED.await();
        AgentRun ended = tenant.call(() -> runs.find(run).orElseThrow());
        assertThat(ended.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(ended.costMicroUsd()).isPositive();
        assertThat(tenant.call(() -> door.sql("select status from public.api_usage_logs where user_id = :tenant").list(row -> row.getString("status"))))
                .containsExactly("cut_short");
        assertThat(tenant.call(() -> door.sql("select id from public.usage_reservations where user_id = :tenant").list(row -> row.getString("id")))).isEmpty();
    }
}
