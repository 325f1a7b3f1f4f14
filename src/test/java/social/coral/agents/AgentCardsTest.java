package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.networks.OwnAccount;
import social.coral.networks.SocialNetwork;
import social.coral.tenancy.RoundTrips;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** What the pages and the API say of each agent. */
@CoralTest
class AgentCardsTest extends ScriptedRun {

    @Autowired
    AgentCards cards;

    @Autowired
    Schedules schedules;

    @Autowired
    ApiKeys keys;

    /** An agent that needs a key of X and an account to listen to. */
    private static Agent readerOfX(String name) {
        return reader(name, SocialNetwork.class);
    }

    private static Agent reader(String name, Class<?> service) {
        return new Agent() {
            @Override
            public AgentDescription about() {
                return new AgentDescription(name, name, "Reads X.", Set.of(service));
            }

            @Override
            public List<Prerequisite> prerequisites(TenantData data) {
                return List.of(new Prerequisite(data.visits().anyActive(), "No account is listened to", "Add one.", "Add accounts", "/accounts"));
            }

            @Override
            public String work(Run run) {
                return "done";
            }
        };
    }

    @Test
    void whatAllAgentsHaveAndLackIsReadInOneRoundTripHoweverManyThereAre() throws Exception {
        List<Agent> ten = Stream.iterate(0, number -> number + 1).limit(10).map(number -> readerOfX("agent-" + number)).toList();
        // The driver treats a statement in another way once it knows its results.
        for (int time = 0; time < 8; time++) {
            assertThat(tenant.call(() -> RoundTrips.of(() -> cards.of(ten)))).as("the %dth time", time).isEqualTo(1);
        }
    }

    @Test
    void aCardHoldsWhatItsAgentLacksItsScheduleAndItsNewestRunWithItsSteps() throws Exception {
        UUID older = aRun();
        work(older, given -> given.step("older", memory -> "done").toString());
        UUID newest = aRun();
        work(newest, given -> given.step("newest", memory -> "done").toString());
        tenant.run(() -> schedules.put("scripted", new Schedule(true, null, List.of(LocalTime.NOON), Set.of(), ZoneId.of("Asia/Tokyo")), null));

        List<AgentCard> both = tenant.call(() -> cards.of(List.of(readerOfX("scripted"), readerOfX("other"))));
        AgentCard scripted = both.getFirst();
        assertThat(scripted.missing()).containsExactly(ServiceName.TWITTER_BEARER);
        assertThat(scripted.unmet()).extracting(Prerequisite::sentence).isEqualTo("No account is listened to. Add one.");
        assertThat(scripted.lastRun()).isEqualTo(read(newest));
        assertThat(scripted.schedule().timeZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(scripted.nextRunAt()).isAfter(Instant.now());
        AgentCard other = both.getLast();
        assertThat(other.lastRun()).isNull();
        assertThat(other.schedule().enabled()).isFalse();
        assertThat(other.nextRunAt()).isNull();

        tenant.run(() -> {
            keys.save(ServiceName.TWITTER_BEARER, "AAAA-some-bearer-token");
            door.sql("insert into public.x_accounts (username) values ('reef_notes')").update();
        });
        assertThat(tenant.call(() -> cards.of(List.of(readerOfX("scripted")))).getFirst()).satisfies(ready -> {
            assertThat(ready.ready()).isTrue();
            assertThat(ready.missing()).isEmpty();
            assertThat(ready.unmet()).isNull();
        });
    }

    @Test
    void ofKeysThatSignTogetherEachOneThatIsMissingIsNamedAndTheSandboxNeedsOnlyItsOwn() throws Exception {
        Agent own = reader("own", OwnAccount.class);
        tenant.run(() -> {
            keys.save(ServiceName.TWITTER_BEARER, "AAAA-some-bearer-token");
            keys.save(ServiceName.TWITTER_API_KEY, "some-key-of-an-app");
        });
        assertThat(tenant.call(() -> cards.of(List.of(own))).getFirst().missing()).containsExactly(
                ServiceName.TWITTER_API_SECRET, ServiceName.TWITTER_ACCESS_TOKEN, ServiceName.TWITTER_ACCESS_TOKEN_SECRET);
        UUID run = aRun();
        work(run, given -> given.service(OwnAccount.class).toString());
        assertThat(read(run).errorCode()).isEqualTo("missing_keys");
        assertThat(read(run).error()).isEqualTo("Missing: X API secret, X access token, X access token secret. Enter them under Settings, Keys.");

        tenant.run(() -> keys.save(ServiceName.TWITTER_BEARER, ApiKeys.SANDBOX_PREFIX + "app-1"));
        assertThat(tenant.call(() -> cards.of(List.of(own))).getFirst()).satisfies(card -> {
            assertThat(card.needs()).containsExactly(ServiceName.TWITTER_BEARER);
            assertThat(card.missing()).isEmpty();
        });
    }
}
