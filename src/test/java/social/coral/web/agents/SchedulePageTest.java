package social.coral.web.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.tenancy.TenantDoor;
import social.coral.usage.Amount;
import social.coral.usage.Budgets;
import social.coral.usage.Call;
import social.coral.usage.Meter;

@CoralTest
class SchedulePageTest {

    private static final String PAGE = "/agents/tweet-scraping/schedule";

    @Autowired private People people;
    @Autowired private TenantDoor door;
    @Autowired private Meter meter;
    @Autowired private Budgets budgets;

    @Test
    void aScheduleThatIsSwitchedOffKeepsItsTimesAndDays() {
        TestPerson person = people.aPerson();
        person.put("/api" + PAGE, Map.of("enabled", true, "at", List.of("07:15"), "days", List.of("TUE"), "time_zone", "Europe/Berlin"));
        person.browser().form(PAGE, Map.of("mode", "never", "every", "PT30M", "at", "07:15", "day", "TUE", "time_zone", "Europe/Berlin"));
        TestAnswer off = person.get("/api" + PAGE);
        assertThat(off.json().at("/schedule/enabled").asBoolean()).isFalse();
        assertThat(off.text("/schedule/at/0")).isEqualTo("07:15");
        assertThat(off.text("/schedule/days/0")).isEqualTo("TUE");
        assertThat(person.browser().get(PAGE).body()).contains("value=\"07:15\"");
    }

    @Test
    void oneThatIsSwitchedOffWithItsTimesEmptiedKeepsThem() {
        TestPerson person = people.aPerson();
        person.put("/api" + PAGE, Map.of("enabled", true, "at", List.of("07:15"), "time_zone", "Europe/Berlin"));
        assertThat(person.browser().form(PAGE, Map.of("mode", "never", "at", "", "time_zone", "Europe/Berlin")).status()).isEqualTo(303);
        assertThat(person.get("/api" + PAGE).text("/schedule/at/0")).isEqualTo("07:15");
    }

    @Test
    void timesAreReadAsTheyAreTypedInOtherCountries() {
        TestPerson person = people.aPerson();
        person.browser().form(PAGE, Map.of("mode", "at", "at", "17.30, 9:05;6h15", "time_zone", "Europe/Berlin"));
        assertThat(person.browser().get("/agents").body()).contains("Daily at 06:15, 09:05, 17:30 (Europe/Berlin)");
    }

    @ParameterizedTest
    @CsvSource({"nope, PT30M, 09:00, MON, mode", "at, PT30M, 09:00, XXX, day", "every, PT1S, 09:00, MON, every", "every, '', 09:00, MON, every",
        "at, PT30M, 25:00, MON, at"})
    void whatIsWrongIsToldByItsFieldInWordsOfThePage(String mode, String every, String at, String day, String field) {
        TestAnswer again = people.aPerson().browser().form(PAGE, Map.of("mode", mode, "every", every, "at", at, "day", day, "time_zone", "UTC"));
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.body()).contains("class=\"error\" id=\"" + field + "-error\"").doesNotContain("ISO-8601", "(every)", "MON, TUE");
    }

    @Test
    void aScheduleThatDiffersInItsZoneAloneIsTold() {
        TestPerson person = people.aPerson();
        String seen = seenOn(person);
        person.put("/api" + PAGE, Map.of("enabled", true, "every", "PT1H", "time_zone", "Asia/Tokyo"));
        assertThat(person.browser().form(PAGE, Map.of("mode", "every", "every", "PT1H", "time_zone", "UTC", "seen", seen)).body())
                .contains("Your changes are below", ">Asia/Tokyo<", "Keep the saved version");
    }

    @Test
    void anIntervalKeepsTheDaysThatWereChosen() {
        TestPerson person = people.aPerson();
        person.browser().form(PAGE, Map.of("mode", "every", "every", "PT30M", "at", "", "day", "TUE", "time_zone", "Europe/Berlin"));
        TestAnswer saved = person.get("/api" + PAGE);
        assertThat(saved.text("/schedule/every")).isEqualTo("PT30M");
        assertThat(saved.text("/schedule/days/0")).isEqualTo("TUE");
        assertThat(person.browser().get("/agents").body()).contains("Every 30 minutes on Tue (Europe/Berlin)");
    }

    @ParameterizedTest
    @CsvSource({"every, abc, 09:00", "every, PT99999999999999999H, 09:00", "every, PT5M0.5S, 09:00", "at, abc, 09:00:30", "never, abc, 09:00"})
    void whatCannotBeKeptIsRefusedInTheFormItself(String mode, String every, String at) {
        TestAnswer again = people.aPerson().browser().form(PAGE, Map.of("mode", mode, "every", every, "at", at, "time_zone", "Europe/Berlin"));
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.body()).contains("<p class=\"error\"", "value=\"PT30M\"");
    }

    @Test
    void theNextRunIsToldWithoutABlankBeforeItsComma() {
        TestPerson person = people.aPerson();
        person.put("/api" + PAGE, Map.of("enabled", true, "every", "PT30M", "time_zone", "Europe/Berlin"));
        assertThat(person.browser().get("/agents").body()).as("nothing can be collected").contains("stopped for now").doesNotContain("Next run");
        person.browser().form("/setup/sandbox", Map.of());
        person.post("/api/x-accounts", Map.of("username", "somebody"));
        assertThat(person.browser().get("/agents").body()).contains(" agents · 1 scheduled", "</time><span class=\"soft\">, ").doesNotContain("stopped for now");
    }

    @Test
    void whatAnotherWindowScheduledIsNotOverwrittenUnseen() {
        TestPerson person = people.aPerson();
        String seen = seenOn(person);
        person.put("/api" + PAGE, Map.of("enabled", true, "at", List.of("07:15"), "time_zone", "Europe/Berlin"));
        Map<String, String> second = Map.of("mode", "every", "every", "PT3H", "time_zone", "Europe/Berlin", "seen", seen);
        TestAnswer answer = person.browser().form(PAGE, second);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("changed in another window", "Daily at 07:15 (Europe/Berlin)", "value=\"PT3H\" selected");
        assertThat(person.get("/api" + PAGE).text("/schedule/at/0")).isEqualTo("07:15");

        Map<String, String> again = new HashMap<>(second);
        again.put("seen", answer.body().replaceAll("(?s).*name=\"seen\" value=\"([^\"]+)\".*", "$1"));
        assertThat(person.browser().form(PAGE, again).header("Location")).isEqualTo("/agents");
        assertThat(person.get("/api" + PAGE).text("/schedule/every")).isEqualTo("PT3H");
    }

    @Test
    void whatAScheduleCostsRestsOnVisitsWithNothingBehindAndIsToldBeforeAndAfterItIsSet() {
        TestPerson person = people.aPerson();
        assertThat(person.browser().get(PAGE).body()).doesNotContain("in 30 days");
        freeRun(person, Instant.now().minusSeconds(60), true);
        person.post("/api/user/api-keys", Map.of("service_name", "twitter_bearer", "api_key", "A".repeat(60)));
        freeRun(person, Instant.now().plusSeconds(120), false);
        person.tenant().run(() -> run(1, Map.of("@one", 100, "@two", 100)));
        assertThat(person.browser().get(PAGE).body()).as("a first visit reads what there was before").doesNotContain("in 30 days")
                .contains("The last run cost $1.00, but a first visit also looks up the account");
        person.tenant().run(() -> {
            run(2, Map.of("@one", 1, "@two", 3));
            run(3, Map.of("@one", 3, "@two", 1, "@three", 100));
        });
        // Each account costs a cent a visit, and so will the third one.
        assertThat(person.browser().get(PAGE).body())
                .contains("A run costs about $0.03, by the last 2, which were 1 h apart.", "Every 30 minutes, about $43.20 in 30 days, above your limit",
                        "Every 12 hours, about $1.80 in 30 days<", "Each time of day costs about $0.90 in 30 days.");
        person.browser().form(PAGE, Map.of("mode", "every", "every", "PT6H", "day", "TUE", "time_zone", "Europe/Berlin"));
        assertThat(person.browser().get("/agents").body()).as("seven times less on one day of the week")
                .contains("Every 6 hours on Tue", "$0.52 for the last run", "On this schedule about $0.51 in 30 days");
        person.browser().form(PAGE, Map.of("mode", "at", "at", "07:00, 19:00", "time_zone", "Europe/Berlin"));
        assertThat(person.browser().get("/agents").body()).contains("On this schedule about $1.80 in 30 days");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "-, -, your plan’s monthly limit is $10.00", "5000000, -, your monthly limit is $5.00", "-, 100000, your daily limit is $0.10"})
    void aScheduleThatCostsMoreThanALimitLetsThroughIsSavedOnlyOnceThatWasSeen(@Nullable Long month, @Nullable Long day, String words) {
        TestPerson person = people.aPerson();
        person.tenant().run(() -> {
            run(1, Map.of("@one", 100));
            run(2, Map.of("@one", 40));
            budgets.limit(month, day, List.of());
        });
        Map<String, String> chosen = Map.of("mode", "at", "at", "07:00, 19:00", "time_zone", "Europe/Berlin");
        TestAnswer asked = person.browser().form(PAGE, chosen);
        assertThat(asked.status()).isEqualTo(422);
        assertThat(asked.body()).contains("This costs about $12.00 in 30 days, but " + words + ".", "Save anyway", "value=\"07:00, 19:00\"");
        assertThat(person.get("/api" + PAGE).json().at("/schedule/enabled").asBoolean()).isFalse();

        Map<String, String> again = new HashMap<>(chosen);
        again.put("agreed", asked.body().replaceAll("(?s).*name=\"agreed\" value=\"([^\"]+)\".*", "$1"));
        again.put("at", "07:00, 13:00, 19:00");
        assertThat(person.browser().form(PAGE, again).status()).as("agreed to something cheaper").isEqualTo(422);
        again.put("at", "07:00, 19:00");
        assertThat(person.browser().form(PAGE, again).header("Location")).isEqualTo("/agents");
        assertThat(person.browser().get("/agents").body()).contains("On this schedule about $12.00 in 30 days, but " + words);
    }

    /** A run at this hour from now that has visited these accounts for so many posts. */
    private void run(int hour, Map<String, Integer> posts) {
        Instant at = Instant.now().plusSeconds(3600L * hour);
        UUID run = door.sql("insert into public.agent_runs (agent, trigger, status, finished_at, queued_at)"
                + " values ('tweet-scraping', 'person', 'succeeded', :at, :at) returning id").param("at", at).one(row -> (UUID) row.getObject("id"));
        List<String> accounts = List.copyOf(posts.keySet());
        for (String account : accounts) {
            door.sql("insert into public.agent_run_steps (run_id, position, name, status) values (:run, :position, :name, 'succeeded')")
                    .param("run", run).param("position", accounts.indexOf(account)).param("name", account).update();
            Amount read = Amount.units(posts.getOrDefault(account, 0));
            meter.open(new Call("x", "GET /2/users/:id/tweets", "post"), read, new Meter.Reason("tweet-scraping", run, account))
                    .settle(Call.Outcome.OK, read, Duration.ZERO);
        }
    }

    private void enter(String service, UUID run) {
        meter.open(new Call(service, "users", "user"), Amount.units(1), new Meter.Reason("tweet-scraping", run, null))
                .settle(Call.Outcome.OK, Amount.units(1), Duration.ZERO);
    }

    private void freeRun(TestPerson person, Instant at, boolean calls) {
        person.tenant().run(() -> {
            UUID run = door.sql("insert into public.agent_runs (agent, trigger, status, finished_at, queued_at)"
                    + " values ('tweet-scraping', 'person', 'failed', :at, :at) returning id").param("at", at).one(row -> (UUID) row.getObject("id"));
            if (calls) {
                enter("sandbox", run);
            }
        });
    }

    private static String seenOn(TestPerson person) {
        return person.browser().get(PAGE).body().replaceAll("(?s).*name=\"seen\" value=\"([^\"]+)\".*", "$1");
    }
}
