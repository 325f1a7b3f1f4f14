package social.coral.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.api.Failure;
import social.coral.installation.DatabaseServer;
import social.coral.installation.Finding.Level;
import social.coral.installation.Finding;
import social.coral.tenancy.OwnerDoor;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.InstallationSpending;
import social.coral.usage.Meter;
import social.coral.usage.OpenCall;
import social.coral.usage.PriceCheckup;

/** The operator's commands on money, on the database of a running application. */
@CoralTest
class SpendingCommandsTest {

    private static final Call POSTS = new Call("x", "GET /2/users/{id}/tweets", "post");
    private static final String HEAD = "service,model,unit,usd,per,valid_from,source\n";

    private static final Meter.Reason NOTHING = new Meter.Reason("", null, null);

    @TempDir
    Path folder;

    @Autowired private Environment running;
    @Autowired private DatabaseServer server;
    @Autowired private People people;
    @Autowired private Meter meter;

    private final List<String> said = new ArrayList<>();

    @Test
    void aPlanSetsTheLimitThatCallsAreReservedAgainst() throws Exception {
        TestPerson person = people.aPerson();
        assertThat(plans("limit", person.email(), "0.01")).isZero();
        assertThat(person.tenant().call(() -> refusal(3)).details()).containsEntry("limit", "plan").containsEntry("limit_micro_usd", 10_000L);

        assertThat(plans("plan", "set", person.email(), "pro")).isZero();
        assertThat(person.get("/api/user/profile").text("/profile/subscription_tier")).isEqualTo("pro");
        assertThat(person.get("/api/user/usage").json().at("/usage/limit").asInt()).isEqualTo(5000);
        person.tenant().run(() -> meter.open(POSTS, Amount.units(3), NOTHING).release());
        assertThat(person.get("/api/user/audit").body()).contains("plan.changed", "plan.limit_changed");

        for (String[] wrong : new String[][] {
            {"plan", "change", "pro", "accounts"}, {"plan", "change", "pro", "accounts=-1"}, {"plan", "change", "pro", "accounts=501"},
            {"plan", "change", "pro", "requests=0"}, {"plan", "change", "pro", "retention=soon"}, {"plan", "change", "pro", "models=openai, gpt"},
            {"plan", "change", "pro", "month=5"}, {"plan", "change", "gold", "accounts=5"},
            {"plan", "set", person.email(), "gold"}, {"plan", "set", "nobody@example.org", "pro"},
            {"limit", person.email(), "-1"}, {"limit", person.email(), "1e3"}, {"limit", person.email(), "1000000.01"}, {"limit", person.email(), "0.001"}}) {
            said.clear();
            assertThat(plans(wrong)).as(String.join(" ", wrong)).isEqualTo(1);
            assertThat(said).singleElement().asString().startsWith("Nothing was changed: ");
        }
        assertThat(plans("plan", "set", "pro")).isEqualTo(2);
        said.clear();
        try {
            assertThat(plans("plan", "change", "pro", "accounts=5", "models=openai,anthropic/claude-haiku-4-5")).isZero();
            assertThat(plans("plan", "list")).isZero();
            assertThat(said).contains("free: $10.00 a month, no other limit",
                    "pro: $50.00 a month, 5 active accounts, models openai, anthropic/claude-haiku-4-5");
        } finally {
            assertThat(plans("plan", "change", "pro", "accounts=none", "models=none")).isZero();
        }
        assertThat(person.get("/api/user/usage").json().at("/usage/limit").asInt()).isEqualTo(5000);
    }

    @Test
    void theOperatorStopsEverybodysCallsAndAllowsThemAgain() throws Exception {
        TestPerson person = people.aPerson();
        try {
            assertThat(spending("stop")).isZero();
            assertThat(person.tenant().call(() -> refusal(1)).details()).containsEntry("limit", "installation_stopped");
        } finally {
            assertThat(spending("resume")).isZero();
        }
        person.tenant().run(() -> meter.open(POSTS, Amount.units(1), NOTHING).release());
    }

    @Test
    void theLimitOfAllCountsWhatEverybodySpentAndWhatWasOpenBeforeItWasSet() throws Exception {
        TestPerson one = people.aPerson();
        TestPerson other = people.aPerson();
        OpenCall open = one.tenant().call(() -> meter.open(POSTS, Amount.units(100), NOTHING));
        try {
            assertThat(spending("limit", "1000000")).isZero();
            InstallationSpending.Standing before = standing();
            long cents = Math.ceilDiv(before.spentMicroUsd() + before.openMicroUsd(), 10_000) + 2;
            assertThat(spending("limit", BigDecimal.valueOf(cents, 2).toPlainString())).isZero();
            assertThat(other.tenant().call(() -> refusal(7)).details()).containsEntry("limit", "installation");
            one.tenant().run(open::release);
            other.tenant().run(() -> meter.open(POSTS, Amount.units(7), NOTHING).settle(Call.Outcome.OK, Amount.units(2), Duration.ZERO));
            assertThat(standing().openMicroUsd()).isEqualTo(before.openMicroUsd() - 500_000);
            assertThat(standing().spentMicroUsd()).isEqualTo(before.spentMicroUsd() + 10_000);
        } finally {
            assertThat(spending("limit", "none")).isZero();
        }
        assertThat(said.getLast()).contains("without a limit");
        assertThat(spending("limit")).isEqualTo(2);
    }

    @Test
    void thePricesThatApplyAreShownWithTheOperatorsOwnMarked() throws IOException {
        StandardEnvironment environment = Installations.with(new Installations(running).running(), Map.of("coral.installation.data", folder.toString()));
        Files.writeString(folder.resolve("prices.csv"), HEAD + "x,,post,0.007,1,2026-01-02,our contract\n");
        assertThat(Prices.run(environment, List.of(), said::add, said::add)).isZero();
        assertThat(said).anySatisfy(line -> assertThat(line).startsWith("own x post").contains("$0.007", "2026-01-02", "our contract"))
                .anySatisfy(line -> assertThat(line).startsWith("    x user").contains("https://docs.x.com"));

        assertThat(findings()).anySatisfy(finding -> assertThat(finding.sentence()).contains("Your price of x post is from 2026-01-02", "our contract"));
        Files.writeString(folder.resolve("prices.csv"), HEAD + "x,,post,free,1,2026-01-02,our contract\n");
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAULT);
            assertThat(finding.sentence()).contains("prices.csv, line 2");
        });
        said.clear();
        assertThat(Prices.run(environment, List.of(), said::add, said::add)).isEqualTo(1);
        assertThat(said).singleElement().asString().contains("prices.csv, line 2");
    }

    @Test
    void aModelThatWasChargedWithoutAPriceIsNamed() throws SQLException {
        TestPerson person = people.aPerson();
        try (Connection owner = server.connectAsOwner();
                PreparedStatement settle = owner.prepareStatement("select usage.settle(?::uuid, null, ?::jsonb)")) {
            settle.setString(1, person.id().toString());
            settle.setString(2, """
                    {"service_name": "openai", "endpoint": "POST /v1/responses", "model": "gpt-unheard-of", "unit": "", "units": 0, "input_tokens": 1,
                     "cached_tokens": 0, "output_tokens": 1, "reasoning_tokens": 0, "cost_micro_usd": 5, "price_id": "assumed:openai/gpt-unheard-of@2026-01-01",
                     "status": "ok", "response_time_ms": 1}
                    """);
            settle.execute();
        }
        assertThat(PriceCheckup.models(server)).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.WARNING);
            assertThat(finding.sentence()).contains("openai gpt-unheard-of");
        });
    }

    private List<Finding> findings() {
        return PriceCheckup.of(folder.resolve("prices.csv"), Instant.now());
    }

    private Failure refusal(int posts) {
        return catchThrowableOfType(Failure.class, () -> meter.open(POSTS, Amount.units(posts), NOTHING));
    }

    private InstallationSpending.Standing standing() {
        try (OwnerDoor owner = OwnerDoor.open(server)) {
            return new InstallationSpending(owner).standing();
        }
    }

    private int spending(String... args) {
        return Spending.run(new Installations(running).running(), List.of(args), said::add, said::add);
    }

    private int plans(String... args) {
        return PersonPlans.run(new Installations(running).running(), List.of(args), said::add, said::add);
    }
}
