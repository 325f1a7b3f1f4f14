package social.coral.web.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.TestPerson;
import social.coral.api.Failure;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;
import social.coral.usage.AgentBudget;
import social.coral.usage.Amount;
import social.coral.usage.Budgets;
import social.coral.usage.Call;
import social.coral.usage.Call.Outcome;
import social.coral.usage.Meter;
import social.coral.usage.OpenCall;

@CoralTest
class UsagePageTest {

    private static final String AGENT = "tweet-scraping";
    private static final Call POSTS = new Call("x", "GET /2/users/{id}/tweets", "post");
    private static final Call FREE = new Call("sandbox", "GET /2/users/by/username/{name}", "user");
    private static final Duration TOOK = Duration.ofMillis(20);

    @Autowired private People people;
    @Autowired private Meter meter;
    @Autowired private Budgets budgets;
    @Autowired private TenantDoor door;

    @Test
    void theMonthThatWasAskedForIsShownAndOneThatIsNoneIsNamed() {
        TestClient browser = people.aPerson().browser();
        assertThat(browser.get("/settings/usage?month=2030-01").body()).contains("January 2030", "No usage this month").doesNotContain("rel=\"next\"", "Stop all spending");
        assertThat(browser.get("/settings/usage?month=1999-12").body()).contains("December 1999").doesNotContain("rel=\"prev\"");
        TestAnswer wrong = browser.get("/settings/usage?month=2026-13");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("Enter the month like 2026-01.", "Calls");
    }

    @Test
    void whatIsSpentReservedAndLeftOfEachLimitIsShownWithTheDaysAndTheStatement() throws Exception {
        TestPerson person = people.aPerson();
        person.tenant().run(() -> {
            budgets.limit(1_000_000L, 400_000L, List.of(new AgentBudget(AGENT, 200_000L, null)));
            open(POSTS, 10).settle(Outcome.OK, Amount.units(8), TOOK);
            open(FREE, 1).settle(Outcome.OK, Amount.units(1), TOOK);
        });
        OpenCall open = person.tenant().call(() -> open(POSTS, 20));
        assertThat(person.browser().get("/settings/usage").body())
                .contains("$0.04 of $10.00 spent, $0.10 reserved by open calls, $9.86 left", "$0.04 of $1.00 spent", "$0.04 of $0.40 spent")
                .contains("$0.04 of $0.20 spent, $0.10 reserved by open calls, $0.06 left", "Plan: Free", "Left of your daily limit")
                .contains("Cost by day and service", "X: $0.04</title>");
        person.tenant().run(open::release);

        List<String> statement = person.browser().get("/settings/usage/download").body().lines().toList();
        assertThat(statement).hasSize(3);
        assertThat(statement.getFirst()).endsWith("day,agent,service,unit,calls,units,input_tokens,output_tokens,cost_micro_usd");
        assertThat(statement.get(1)).endsWith(",tweet-scraping,sandbox,user,1,1,0,0,0");
        assertThat(statement.get(2)).endsWith(",tweet-scraping,x,post,1,8,0,0,40000");
    }

    @Test
    void theStatementOfAMonthIsAPdfOfTheSameFiguresInEveryScript() throws Exception {
        TestPerson person = people.aPerson();
        person.patch("/api/user/profile", Map.of("company_name", "Риф & Möwe ΑΕ"));
        person.tenant().run(() -> open(POSTS, 10).settle(Outcome.OK, Amount.units(8), TOOK));
        HttpResponse<byte[]> answer = person.browser().bytes("GET", "/settings/usage/statement", BodyPublishers.noBody(), "");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/pdf");
        try (PdfReader pdf = new PdfReader(answer.body())) {
            assertThat(new PdfTextExtractor(pdf).getTextFromPage(1))
                    .contains("Риф & Möwe ΑΕ", person.email(), "Total: $0.04 in 1 call", "8 posts", "Page 1");
        }
        for (String wrong : List.of("2026-13", "8999-12", "1000-01")) {
            assertThat(person.browser().get("/settings/usage/statement?month=" + wrong).status()).as(wrong).isEqualTo(400);
        }
        assertThat(person.browser().bytes("GET", "/settings/usage/statement?month=2030-01", BodyPublishers.noBody(), "").statusCode()).isEqualTo(200);
    }

    @Test
    void limitsAreSavedAsTypedAndAWrongOneIsNamedBesideItsFieldWithNothingChanged() {
        TestPerson person = people.aPerson();
        assertThat(person.browser().form("/settings/usage/limits", Map.of("month", "$12.50", "day", "", "month-" + AGENT, "3", "run-" + AGENT, "0.005")).status()).isEqualTo(303);
        person.tenant().run(() -> {
            assertThat(budgets.current().monthMicroUsd()).isEqualTo(12_500_000);
            assertThat(budgets.current().dayMicroUsd()).isNull();
            assertThat(budgets.agents()).filteredOn(agent -> agent.monthMicroUsd() != null || agent.runMicroUsd() != null)
                    .containsExactly(new AgentBudget(AGENT, 3_000_000L, 5_000L));
        });
        assertThat(person.browser().get("/settings/usage").body()).contains("in one run:", "at most $0.005");
        assertThat(person.browser().get("/settings/usage/limits").body()).contains("value=\"12.50\"", "value=\"3.00\"", "value=\"0.005\"");
        for (String wrong : List.of("-1", "1e3", "12,50", "1000000.01", "0.0000001", "ten")) {
            TestAnswer refused = person.browser().form("/settings/usage/limits", Map.of("month", "7", "run-" + AGENT, wrong));
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.body()).contains("id=\"run-" + AGENT + "-error\"", "value=\"" + wrong + "\"", "value=\"7\"").doesNotContain("id=\"month-error\"");
        }
        person.tenant().run(() -> assertThat(budgets.current().monthMicroUsd()).isEqualTo(12_500_000));
    }

    @Test
    void anAgentsLimitsAreSetByTheApiAsByThePageAndLeaveThePersonsOwn() {
        TestPerson person = people.aPerson();
        assertThat(person.put("/api/user/budget", Map.of("month_micro_usd", 9_000_000, "stopped", false)).status()).isEqualTo(200);
        String budget = "/api/agents/" + AGENT + "/budget";
        assertThat(person.put(budget, Map.of("month_micro_usd", 3_000_000)).body()).isEqualTo("{\"budget\":{\"month_micro_usd\":3000000,\"run_micro_usd\":null}}");
        assertThat(person.get(budget).json().at("/budget/month_micro_usd").asLong()).isEqualTo(3_000_000);
        assertThat(person.browser().get("/settings/usage/limits").body()).contains("value=\"3.00\"", "value=\"9.00\"");
        assertThat(person.put(budget, Map.of("run_micro_usd", -1)).json().at("/errors/0/field").asString()).isEqualTo("run_micro_usd");
        assertThat(person.put(budget, Map.of("agent", AGENT)).status()).isEqualTo(400);
        assertThat(person.put("/api/agents/nobody/budget", Map.of()).status()).isEqualTo(404);
        assertThat(person.get(budget).json().at("/budget/month_micro_usd").asLong()).as("what is refused changes nothing").isEqualTo(3_000_000);
    }

    @Test
    void theSwitchAsksFirstStopsAllCallsAndListsTheRunsThatWait() throws Exception {
        TestPerson person = people.aPerson();
        UUID run = person.tenant().call(() -> door.sql("""
                        insert into public.agent_runs (agent, trigger, status, waiting_until, error, error_code)
                        values ('tweet-scraping', 'schedule', 'waiting', now() + interval '1 hour', 'Nothing is left of it.', 'budget_exceeded') returning id
                        """)
                .one(row -> Columns.id(row)));
        assertThat(person.browser().get("/settings/usage/stop").body()).contains("Stop all spending?", "not even a free one");
        assertThat(person.browser().form("/settings/usage/stop", Map.of()).status()).isEqualTo(303);
        person.tenant().run(() -> assertThat(catchThrowableOfType(Failure.class, () -> open(FREE, 1)).details()).containsEntry("limit", "stopped"));
        assertThat(person.post("/api/agents/" + AGENT + "/run", Map.of()).status()).isIn(402, 409);
        assertThat(person.browser().get("/settings/usage").body()).contains("You stopped all spending", "Allow spending again", "Waiting run", "href=\"/runs/" + run + "\"");
        for (String page : List.of("/dashboard", "/accounts", "/agents")) {
            assertThat(person.browser().get(page).body()).as(page).contains("All spending is stopped", "No agent that calls a service works until you allow it again.")
                    .doesNotContain("Collect now", "Next run");
        }
        assertThat(person.browser().get("/runs/" + run).body()).contains("Waiting for room in the budget", "Nothing is left of it.", "href=\"/settings/usage\"", "Try now");

        assertThat(person.browser().form("/settings/usage/resume", Map.of()).status()).isEqualTo(303);
        person.tenant().run(() -> open(FREE, 1).release());
        assertThat(person.browser().get("/settings/usage").body()).contains("Stop all spending").doesNotContain("You stopped all spending");
    }

    @Test
    void whereARunWaitsForABudgetTheFirstButtonChangesTheLimit() throws Exception {
        TestPerson person = people.aPerson();
        person.patch("/api/user/profile", Map.of("setup_completed", true));
        person.browser().form("/setup/sandbox", Map.of());
        person.post("/api/x-accounts", Map.of("username", "somebody"));
        UUID run = person.tenant().call(() -> {
            budgets.change(null, 100_000L, false);
            return door.sql("""
                            insert into public.agent_runs (agent, trigger, status, waiting_until, error, error_code)
                            values ('tweet-scraping', 'schedule', 'waiting', now() + interval '1 hour',
                              'Nothing is left of your daily limit of $0.10. You can raise it under Settings, Usage.', 'budget_exceeded') returning id
                            """)
                    .one(row -> Columns.id(row));
        });
        spend(person, 20);
        for (String page : List.of("/dashboard", "/accounts", "/agents", "/runs/" + run, "/settings/usage")) {
            String body = person.browser().get(page).body();
            assertThat(body).as(page).containsPattern("<a class=\"btn btn-primary\" href=\"/settings/usage/limits\"[^>]*>Change limits</a>")
                    .containsPattern("<button class=\"btn ?\">[^\n]*Try now</button>");
        }
        assertThat(person.browser().get("/settings/usage").body()).contains("Nothing is left of your daily limit of $0.10.").doesNotContain("under Settings, Usage");
        assertThat(person.browser().get("/dashboard").body()).contains("2 things need your attention", "<h2>Also needs attention</h2>", "All of your daily limit is spent");
    }

    @Test
    void callsAreListedAndFilteredAndLeadToTheirRuns() {
        TestPerson person = people.aPerson();
        UUID run = UUID.randomUUID();
        person.tenant().run(() -> {
            meter.open(POSTS, Amount.units(9), new Meter.Reason(AGENT, run, "@ada")).settle(Outcome.OK, Amount.units(7), TOOK);
            meter.open(FREE, Amount.units(1), new Meter.Reason("", null, null)).settle(Outcome.FAILED, Amount.NONE, TOOK);
        });
        String all = person.browser().get("/settings/usage/calls").body();
        assertThat(all).contains("2 calls", "7 posts", "$0.035", "href=\"/runs/" + run + "\"", "@ada", "GET /2/users/{id}/tweets", "20 ms");
        assertThat(person.browser().get("/settings/usage/calls?service=sandbox").body()).contains("1 call").doesNotContain("7 posts");
        assertThat(person.browser().get("/settings/usage/calls?outcome=ok&agent=" + AGENT).body()).contains("1 call", "7 posts");
        assertThat(person.browser().get("/settings/usage/calls?day=1999-01-01").body()).contains("No matches");
        TestAnswer wrong = person.browser().get("/settings/usage/calls?day=yesterday");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("Enter the day like 2026-01-31.", "7 posts");

        assertThat(person.get("/api/user/usage/calls?outcome=ok").json().at("/calls")).singleElement().satisfies(call -> {
            assertThat(call.at("/cost_micro_usd").asInt()).isEqualTo(35_000);
            assertThat(call.at("/price_id").asString()).startsWith("x@");
            assertThat(call.at("/run_id").asString()).isEqualTo(run.toString());
        });
        assertThat(person.get("/api/user/usage/calls?limit=1&offset=1").json().at("/calls")).hasSize(1);
        for (String query : List.of("outcome=good", "day=2026-02-30", "limit=0")) {
            assertThat(person.get("/api/user/usage/calls?" + query).status()).as(query).isEqualTo(400);
        }
        assertThat(people.aPerson().get("/api/user/usage/calls").json().at("/calls")).isEmpty();
    }

    @Test
    void eachShareOfALimitIsWarnedOfOnceInItsPeriod() {
        TestPerson person = people.aPerson();
        person.tenant().run(() -> budgets.change(null, 100_000L, false));
        spend(person, 9);
        assertThat(person.browser().get("/dashboard").body()).doesNotContain("of your daily limit is spent");
        spend(person, 1);
        assertThat(person.browser().get("/dashboard").body()).contains("50% of your daily limit is spent", "$0.05 of $0.10 spent, $0.05 left. It starts again on");
        dismiss(person, 80);
        assertThat(person.browser().get("/dashboard").body()).as("what was not reached is not dismissed").contains("50% of your daily limit is spent");
        dismiss(person, 50);
        assertThat(person.browser().get("/dashboard").body()).doesNotContain("of your daily limit is spent");
        spend(person, 6);
        assertThat(person.browser().get("/dashboard").body()).contains("80% of your daily limit is spent");
        spend(person, 3);
        assertThat(person.browser().get("/dashboard").body()).as("what is spent, not the share that is warned of").contains("95% of your daily limit is spent");
        assertThat(person.browser().get("/settings/usage").body()).contains("95% spent");
        dismiss(person, 80);
        spend(person, 1);
        assertThat(person.browser().get("/dashboard").body()).contains("All of your daily limit is spent");
        dismiss(person, 100);
        person.tenant().run(() -> budgets.change(null, 190_000L, false));
        assertThat(person.browser().get("/dashboard").body()).as("a share that was warned of before").doesNotContain("of your daily limit is spent");
    }

    private static void dismiss(TestPerson person, int percent) {
        assertThat(person.browser().form("/settings/usage/warnings?limit=day&agent=&percent=" + percent, Map.of()).status()).isEqualTo(303);
    }

    private void spend(TestPerson person, int posts) {
        person.tenant().run(() -> open(POSTS, posts).settle(Outcome.OK, Amount.units(posts), TOOK));
    }

    private OpenCall open(Call call, int most) {
        return meter.open(call, Amount.units(most), new Meter.Reason(AGENT, null, null));
    }
}
