package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.egress.Peer;
import social.coral.tenancy.TenantDoor;
import social.coral.usage.Budgets;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;
import social.coral.web.Browser;

/** A person sees what a model writes before an agent uses it. */
@BrowserTest
@DirtiesContext
@Import(ModelRunsTest.Writing.class)
class ModelTrialTest {

    private static final String USAGE = "\"usage\":{\"input_tokens\":100,\"output_tokens\":%d}";
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static CountDownLatch goOn = new CountDownLatch(0);
    private static CountDownLatch closed = new CountDownLatch(1);
    private static final Peer PEER = Peer.thatChooses(ModelTrialTest::answer);

    @Autowired private Environment environment;
    @Autowired private People people;
    @Autowired private ApiKeys keys;
    @Autowired private Budgets budgets;
    @Autowired private TenantDoor door;

    private TestPerson person;

    @DynamicPropertySource
    static void theStandIn(DynamicPropertyRegistry registry) {
        registry.add("coral.models.anthropic-url", PEER::url);
        registry.add("coral.egress.allow-private", () -> PEER.url().replace("http://", ""));
    }

    @AfterAll
    static void close() throws IOException {
        PEER.close();
    }

    @BeforeEach
    void aPersonWithAKey() {
        person = people.aPerson();
        person.tenant().run(() -> keys.save(ServiceName.ANTHROPIC, "sk-ant-0123456789abcdef"));
        CALLS.set(0);
        closed = new CountDownLatch(1);
        goOn = new CountDownLatch(0);
    }

    private static Peer.Answer answer(String head) {
        if (head.contains("GET /v1/models")) {
            return Peer.text("200 OK", "{\"data\":[{\"id\":\"claude-sonnet-5-5\"}]}");
        }
        CALLS.incrementAndGet();
        if (!head.contains("text/event-stream")) {
            return Peer.text("200 OK", "{\"model\":\"claude-sonnet-5-5\",\"content\":[{\"type\":\"text\",\"text\":\"Reefs matter.\"}],\"stop_reason\":\"end_turn\","
                    + USAGE.formatted(7) + "}");
        }
        return out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            event(out, "{\"type\":\"message_start\",\"message\":{\"model\":\"claude-sonnet-5-5\"," + USAGE.formatted(1) + "}}");
            event(out, "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"Reefs \"}}");
            try {
                while (goOn.getCount() > 0) {
                    event(out, "{\"type\":\"ping\"}");
                    Thread.sleep(20);
                }
            } catch (IOException | InterruptedException e) {
                closed.countDown();
                return;
            }
            event(out, "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"matter.\"}}");
            event(out, "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":7}}");
            event(out, "{\"type\":\"message_stop\"}");
            out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        };
    }

    private static void event(OutputStream out, String data) throws IOException {
        String event = "data: " + data + "\n\n";
        out.write((Integer.toHexString(event.length()) + "\r\n" + event + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private List<String> ledger() throws Exception {
        return person.tenant().call(() -> door.sql("""
                        select agent || ' ' || status || ' ' || input_tokens || ' ' || output_tokens || ' ' || cost_micro_usd as entry
                        from public.api_usage_logs where user_id = :tenant
                        """).list(row -> row.getString("entry")));
    }

    private int reservations() throws Exception {
        return person.tenant().call(() -> door.sql("select count(*) as open from public.usage_reservations where user_id = :tenant").one(row -> row.getInt("open")));
    }

    private static void open(Page page) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Change the model: Write").setExact(true)).click();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    @Test
    void aSampleIsShownWhileItIsWrittenAndChargedAsItWas() throws Exception {
        goOn = new CountDownLatch(1);
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/agents");
            open(page);
            assertThat(page.getByText("It costs at most $0.0").innerText()).contains("claude-sonnet-5-5 writes a sample", "counts against your limits");
            button(page, "Try this model").click();
            page.getByText("Reefs", new Page.GetByTextOptions().setExact(true)).waitFor();
            assertThat(button(page, "Stop").isVisible()).isTrue();
            goOn.countDown();
            page.getByText("Reefs matter.").waitFor();
            page.getByText("This sample cost $0.000").waitFor();
            button(page, "Try this model").waitFor();
            assertThat(browser.complaints()).isEmpty();
        }
        assertThat(ledger()).singleElement().asString().startsWith("writing ok 100 7 ").isNotEqualTo("writing ok 100 7 0");
    }

    @Test
    void whoClosesTheDialogHalfWayEndsTheCallAndSeesItInTheLedger() throws Exception {
        goOn = new CountDownLatch(1);
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/agents");
            open(page);
            button(page, "Try this model").click();
            page.getByText("Reefs", new Page.GetByTextOptions().setExact(true)).waitFor();
            button(page, "Cancel").click();
            closed.await();
            await().until(() -> !ledger().isEmpty());
            assertThat(ledger()).singleElement().asString().startsWith("writing cut_short 100 6 ");
            assertThat(browser.go("/settings/usage/calls").getByText("Cut short").last().isVisible()).isTrue();
            assertThat(reservations()).isZero();
        }
    }

    @Test
    void aSampleInTheVoiceOfAPersonIsPricedAndWrittenInTheSameWay() throws Exception {
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/persona");
            String before = page.locator("#about-trial").innerText();
            assertThat(before).startsWith("claude-sonnet-5-5 writes a sample").contains("It costs at most $0.0");
            page.getByLabel("Description").fill("Says much. ".repeat(150));
            page.locator("#about-trial:not(:text-is('" + before + "'))").waitFor();
            button(page, "Write a sample with your model").click();
            page.getByText("Reefs matter.").waitFor();
            page.getByText("This sample cost $0.000").waitFor();
            assertThat(browser.complaints()).isEmpty();
        }
        assertThat(CALLS.get()).isEqualTo(1);
        assertThat(person.browser().form("/persona/try", Map.of("tone", "dry", "humour", "101")).body()).contains("id=\"humour-error\"");
        assertThat(person.browser().form("/persona/try", Map.of("tone", "dry")).body()).contains("Reefs matter.", "This sample cost $0.000");
        assertThat(CALLS.get()).isEqualTo(2);
    }

    @Test
    void withoutScriptsTheFinishedSampleIsShown() throws Exception {
        try (Browser browser = Browser.open(environment, Browser.options().setJavaScriptEnabled(false)).as(person)) {
            Page page = browser.go("/agents/writing/model");
            page.getByLabel("Temperature").fill("0.5");
            button(page, "Try this model").click();
            page.getByText("Reefs matter.").waitFor();
            assertThat(page.getByLabel("Temperature").inputValue()).isEqualTo("0.5");
            assertThat(page.getByText("This sample cost $0.000").isVisible()).isTrue();
            page.getByLabel("Temperature").fill("9");
            button(page, "Try this model").click();
            assertThat(page.getByText("a number from 0 to 2").first().isVisible()).isTrue();
            page.getByLabel("Temperature").press("Enter");
            assertThat(CALLS.get()).as("neither a wrong choice nor the Enter key makes a call").isEqualTo(1);
        }
        assertThat(ledger()).hasSize(1);
    }

    @Test
    void nothingIsTriedBeyondTheBudgetOrMoreOftenThanTheLimitAllows() throws Exception {
        person.tenant().run(() -> budgets.stop(true));
        assertThat(person.browser().form("/agents/writing/model/try", Map.of()).body()).contains("You stopped all spending");
        person.tenant().run(() -> budgets.stop(false));
        for (int i = 0; i < 5; i++) {
            assertThat(person.browser().form("/agents/writing/model/try", Map.of()).body()).contains("Reefs matter.");
        }
        assertThat(person.browser().form("/agents/writing/model/try", Map.of()).body()).contains("Wait a few seconds.");
        assertThat(CALLS.get()).isEqualTo(5);
        assertThat(person.browser().form("/agents/nobody/model/try", Map.of()).status()).isEqualTo(404);
    }
}
