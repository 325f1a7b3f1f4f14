package social.coral.web.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;

@CoralTest
class SchedulePageTest {

    private static final String PAGE = "/agents/tweet-scraping/schedule";

    @Autowired private People people;

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
        assertThat(person.browser().get("/agents").body()).contains("1 agent, on a schedule", "</time><span class=\"soft\">, ");
    }
}
