package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.coral.api.Failure;

class ScheduleTest {

    @ParameterizedTest
    @CsvSource({
        // The clocks of Berlin went forward on 2026-03-29 at 02:00, and back on 2026-10-25 at 03:00.
        "2026-03-28T10:00:00Z, 09:00, 2026-03-29T07:00:00Z",
        "2026-03-27T10:00:00Z, 09:00, 2026-03-28T08:00:00Z",
        "2026-03-28T10:00:00Z, 02:30, 2026-03-29T01:30:00Z",
        "2026-10-24T10:00:00Z, 02:30, 2026-10-25T00:30:00Z",
        "2026-10-25T00:30:00Z, 02:30, 2026-10-26T01:30:00Z"
    })
    void aTimeOfDayIsThePersonsOwnAlsoWhenTheClocksChange(Instant moment, String at, Instant next) {
        assertThat(daily(at).next(moment)).contains(next);
    }

    @Test
    void aTimeThatHasJustPassedComesAgainOnlyOnItsNextDay() {
        Schedule mondays = Schedule.of(true, null, List.of("09:00"), List.of("MON"), "UTC");
        assertThat(mondays.next(Instant.parse("2026-11-23T09:00:00Z"))).contains(Instant.parse("2026-11-30T09:00:00Z"));
        assertThat(mondays.next(Instant.parse("2026-11-23T08:59:59Z"))).contains(Instant.parse("2026-11-23T09:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        // 2026-11-23 is a Monday; the day ends in Berlin an hour before it ends in UTC.
        "2026-11-23T10:00:00Z, PT30M, 2026-11-23T10:30:00Z",
        "2026-11-23T22:45:00Z, PT30M, 2026-11-25T23:00:00Z",
        "2026-11-26T22:30:00Z, PT30M, 2026-11-29T23:00:00Z",
        "2026-11-23T10:00:00Z, P7D, 2026-11-30T10:00:00Z"
    })
    void anIntervalKeepsToTheDaysThatWereChosen(Instant moment, String every, Instant next) {
        Schedule schedule = Schedule.of(true, every, null, List.of("MON", "THU"), "Europe/Berlin");
        assertThat(schedule.next(moment)).contains(next);
        assertThat(schedule.inWords()).endsWith(" on Mon, Thu (Europe/Berlin)");
    }

    @ParameterizedTest
    @CsvSource({
        "PT30M, , 1440.0", "PT6H, TUE, 17.1", "PT24H, , 30.0", "P5D, , 6.0", "PT36H, , 20.0",
        // Each starts at the first moment of the next day that was chosen.
        "P7D, MON, 4.3", "P2D, MON WED FRI, 12.9", "P1D, SAT SUN, 8.6"
    })
    void theRunsOfThirtyDaysAreThoseThatTheScheduleStarts(String every, @Nullable String days, String runs) {
        Schedule schedule = Schedule.of(true, every, null, days == null ? null : List.of(days.split(" ")), "Europe/Berlin");
        assertThat(String.format(Locale.ROOT, "%.1f", schedule.runsInThirtyDays())).isEqualTo(runs);
    }

    @Test
    void aScheduleThatIsOffHasNoNextTime() {
        assertThat(Schedule.of(false, "PT30M", null, null, "UTC").next(Instant.EPOCH)).isEmpty();
        assertThat(Schedule.of(false, "PT30M", null, null, "UTC").runsInThirtyDays()).isZero();
    }

    @Test
    void aScheduleReadsAsAPersonWouldSayIt() {
        assertThat(Schedule.of(true, "PT30M", null, null, "UTC").inWords()).isEqualTo("Every 30 minutes");
        assertThat(Schedule.of(true, "PT1H", null, null, "UTC").inWords()).isEqualTo("Every hour");
        assertThat(Schedule.of(true, "PT26H", null, null, "UTC").inWords()).isEqualTo("Every 1 day 2 hours");
        assertThat(Schedule.of(true, null, List.of("17:30", "09:00"), List.of("FRI", "MON"), "Europe/Berlin").inWords())
                .isEqualTo("Mon, Fri at 09:00, 17:30 (Europe/Berlin)");
        assertThat(daily("09:00").inWords()).isEqualTo("Daily at 09:00 (Europe/Berlin)");
    }

    @Test
    void eachWrongPartIsNamed() {
        assertRefused("every", "PT1M", null, null, "UTC");
        assertRefused("every", "P30D", null, null, "UTC");
        assertRefused("every", "half an hour", null, null, "UTC");
        assertRefused("every", null, null, null, "UTC");
        assertRefused("every", "PT5M0.5S", null, null, "UTC");
        assertRefused("at", null, List.of("09:00:30"), null, "UTC");
        assertRefused("at", null, List.of("09:00:00.001"), null, "UTC");
        assertRefused("at", "PT30M", List.of("09:00"), null, "UTC");
        assertRefused("at", null, List.of("25:00"), null, "UTC");
        assertRefused("days", null, List.of("09:00"), List.of("Monday"), "UTC");
        assertRefused("time_zone", "PT30M", null, null, "Berlin");
    }

    private static void assertRefused(
            String field, @Nullable String every, @Nullable List<String> at, @Nullable List<String> days, String zone) {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> Schedule.of(true, every, at, days, zone))
                .satisfies(failure -> assertThat(failure.errors()).extracting(Failure.FieldError::field).containsExactly(field));
    }

    private static Schedule daily(String at) {
        return Schedule.of(true, null, List.of(at), null, ZoneId.of("Europe/Berlin").getId());
    }
}
