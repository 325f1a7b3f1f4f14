package social.coral.agents;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.api.TimeZones;

/**
 * When an agent works by itself: every so often, or at times of day, on some days of the week, in the person's own zone.
 * A local time that a change of clocks skips is taken when the clocks have moved; one that comes twice, the first time.
 *
 * @param every ISO-8601, such as {@code PT30M}; in place of {@code at}
 * @param at times such as {@code 09:00}; in place of {@code every}
 * @param days {@code MON} to {@code SUN}; all when empty
 */
public record Schedule(boolean enabled, @Nullable Duration every, List<LocalTime> at, Set<DayOfWeek> days, ZoneId timeZone) {

    private static final Duration MIN_INTERVAL = Duration.ofMinutes(5);
    private static final Duration MAX_INTERVAL = Duration.ofDays(7);
    private static final int MAX_TIMES = 24;
    private static final LocalDate SOME_MONDAY = LocalDate.of(2024, 1, 1);
    /** A multiple of each number of days from one to seven. */
    private static final int MAX_WEEKS = 60;
    private static final int ENOUGH_RUNS = 1000;

    /** As the API spells it. */
    record Wire(boolean enabled, @Nullable String every, List<String> at, List<String> days, String timeZone) {}

    /** One that starts nothing. */
    static Schedule off(ZoneId timeZone) {
        return new Schedule(false, null, List.of(), Set.of(), timeZone);
    }

    /** Reads what a person sent. Each wrong part is a 400 that names its field. */
    public static Schedule of(
            boolean enabled, @Nullable String every, @Nullable List<String> at, @Nullable List<String> days, String timeZone) {
        Schedule schedule = new Schedule(enabled, every == null ? null : interval(every), times(at), weekdays(days), TimeZones.parse("time_zone", timeZone));
        if (schedule.every() != null && !schedule.at().isEmpty()) {
            throw Failure.invalid("at", "Give either an interval (every) or times of day (at), not both.");
        }
        if (enabled && schedule.every() == null && schedule.at().isEmpty()) {
            throw Failure.invalid("every", "A schedule that is on needs an interval (every) or times of day (at).");
        }
        return schedule;
    }

    private static Duration interval(String text) {
        return readInterval(text).orElseThrow(
                () -> Failure.invalid("every", "The interval must be an ISO-8601 duration in whole seconds from PT5M to P7D, such as PT30M."));
    }

    /** Whether an agent can work every so often. */
    public static boolean isInterval(String text) {
        return readInterval(text).isPresent();
    }

    private static Optional<Duration> readInterval(String text) {
        try {
            return Optional.of(Duration.parse(text))
                    .filter(interval -> interval.compareTo(MIN_INTERVAL) >= 0 && interval.compareTo(MAX_INTERVAL) <= 0 && interval.getNano() == 0);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static List<LocalTime> times(@Nullable List<String> texts) {
        if (texts == null) {
            return List.of();
        }
        if (texts.size() > MAX_TIMES) {
            throw Failure.invalid("at", "A schedule can have at most " + MAX_TIMES + " times of day.");
        }
        try {
            List<LocalTime> times = texts.stream().map(LocalTime::parse).distinct().sorted().toList();
            if (times.stream().allMatch(time -> time.equals(time.truncatedTo(ChronoUnit.MINUTES)))) {
                return times;
            }
        } catch (DateTimeParseException | NullPointerException e) {
            // Answered below, in the same words as one with seconds.
        }
        throw Failure.invalid("at", "Times of day must have hours and minutes, such as 09:00.");
    }

    private static Set<DayOfWeek> weekdays(@Nullable List<String> names) {
        if (names == null) {
            return Set.of();
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String name : names) {
            days.add(Arrays.stream(DayOfWeek.values())
                    .filter(day -> shortName(day).equals(name))
                    .findFirst()
                    .orElseThrow(() -> Failure.invalid("days", "Days must be MON, TUE, WED, THU, FRI, SAT or SUN.")));
        }
        return days;
    }

    static String shortName(DayOfWeek day) {
        return day.name().substring(0, 3);
    }

    /** The first time after {@code moment}, or nothing when the schedule is off. */
    Optional<Instant> next(Instant moment) {
        if (!enabled) {
            return Optional.empty();
        }
        if (every != null) {
            ZonedDateTime next = moment.plus(every).atZone(timeZone);
            return Optional.of((isOn(next.toLocalDate()) ? next : beginOfDayAfter(next.toLocalDate())).toInstant());
        }
        LocalDate today = moment.atZone(timeZone).toLocalDate();
        // A week and a day: every day of the week comes up, and today's times that have passed come up again.
        return today.datesUntil(today.plusDays(9))
                .filter(this::isOn)
                .flatMap(day -> at.stream().map(time -> ZonedDateTime.of(day, time, timeZone).toInstant()))
                .filter(instant -> instant.isAfter(moment))
                .min(Instant::compareTo);
    }

    private boolean isOn(LocalDate day) {
        return days.isEmpty() || days.contains(day.getDayOfWeek());
    }

    /** The begin of the next day on which it works. */
    private ZonedDateTime beginOfDayAfter(LocalDate day) {
        LocalDate next = day.plusDays(1);
        while (!isOn(next)) {
            next = next.plusDays(1);
        }
        return next.atStartOfDay(timeZone);
    }

    /** Returns how many runs it starts in thirty days, on average: counted over whole weeks, enough of them for the rarest runs. */
    public double runsInThirtyDays() {
        ZonedDateTime monday = SOME_MONDAY.atStartOfDay(timeZone);
        Optional<Instant> next = next(monday.toInstant());
        int runs = 0;
        int weeks = 0;
        while (weeks < MAX_WEEKS && runs < ENOUGH_RUNS) {
            Instant end = monday.plusWeeks(++weeks).toInstant();
            for (; next.isPresent() && !next.get().isAfter(end); next = next(next.get())) {
                runs++;
            }
        }
        return 30.0 * runs / (7 * weeks);
    }

    /** Returns a text that another schedule does not have, by which a form knows what it was filled in for. */
    public String version() {
        return enabled + " " + every + " " + at + " " + days.stream().sorted().toList() + " " + timeZone;
    }

    @JsonValue
    Wire wire() {
        return new Wire(
                enabled,
                every == null ? null : every.toString(),
                at.stream().map(LocalTime::toString).toList(),
                days.stream().sorted().map(Schedule::shortName).toList(),
                timeZone.getId());
    }

    /** In words, such as "Every 30 minutes" or "Mon, Fri at 09:00 (Europe/Berlin)". */
    public String inWords() {
        if (!enabled) {
            return "Runs manually";
        }
        boolean daily = days.isEmpty() || days.size() == 7;
        String on = days.stream().sorted().map(day -> shortName(day).charAt(0) + shortName(day).substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        if (every != null) {
            return "Every " + words(every) + (daily ? "" : " on " + on + " (" + timeZone.getId() + ")");
        }
        String when = at.stream().map(LocalTime::toString).collect(Collectors.joining(", "));
        return (daily ? "Daily" : on) + " at " + when + " (" + timeZone.getId() + ")";
    }

    private static String words(Duration duration) {
        List<String> parts = new ArrayList<>();
        part(parts, duration.toDaysPart(), "day");
        part(parts, duration.toHoursPart(), "hour");
        part(parts, duration.toMinutesPart(), "minute");
        part(parts, duration.toSecondsPart(), "second");
        String words = String.join(" ", parts);
        return parts.size() == 1 && words.startsWith("1 ") ? words.substring(2) : words;
    }

    private static void part(List<String> parts, long count, String unit) {
        if (count > 0) {
            parts.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }
}
