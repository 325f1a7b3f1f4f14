package social.coral.web.agents;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;
import social.coral.agents.Schedule;
import social.coral.api.Failure;

/**
 * A schedule as it is typed.
 *
 * @param mode {@code never}, {@code every} or {@code at}
 * @param every ISO-8601, from the offered ones
 * @param at times of day, separated by commas or spaces
 * @param day those that are ticked
 * @param seen the version of the schedule that the form was filled in for
 * @param agreed the version of the schedule whose cost, beyond a limit, the person has seen
 */
public record ScheduleForm(
        @Nullable String mode,
        @Nullable String every,
        @Nullable String at,
        @Nullable List<String> day,
        @BindParam("time_zone") @Nullable String timeZone,
        @Nullable String seen,
        @Nullable String agreed) {

    private static final List<String> INTERVALS = List.of("PT5M", "PT15M", "PT30M", "PT1H", "PT3H", "PT6H", "PT12H", "PT24H");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2})[:.h](\\d\\d)");

    static final ZoneId UTC = ZoneId.of("UTC");

    public static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

    static ScheduleForm of(Schedule schedule) {
        String mode = !schedule.enabled() ? "never" : schedule.every() != null ? "every" : "at";
        return new ScheduleForm(
                mode,
                schedule.every() == null ? "PT30M" : schedule.every().toString(),
                schedule.at().isEmpty() ? "09:00" : times(schedule),
                schedule.days().stream().sorted().map(day -> day.name().substring(0, 3)).toList(),
                schedule.timeZone().getId(),
                schedule.version(),
                null);
    }

    private static String times(Schedule schedule) {
        return schedule.at().stream().map(LocalTime::toString).collect(Collectors.joining(", "));
    }

    /** One that is switched off keeps the times and days, or the interval, that stood there before. */
    Schedule schedule(Schedule before) {
        if (!List.of("never", "every", "at").contains(text(mode))) {
            throw Failure.invalid("mode", "Choose when it runs.");
        }
        if (!DAYS.containsAll(days())) {
            throw Failure.invalid("day", "Choose days from Monday to Sunday.");
        }
        boolean off = "never".equals(mode);
        boolean byTimes = off ? !before.at().isEmpty() : "at".equals(mode);
        if (!byTimes && !Schedule.isInterval(interval())) {
            throw Failure.invalid("every", "Choose one of the intervals.");
        }
        String typed = off && text(at).isBlank() ? times(before) : text(at);
        List<String> times = Arrays.stream(typed.split("[,;\\s]+")).filter(time -> !time.isEmpty()).map(ScheduleForm::time).toList();
        if (byTimes && times.isEmpty()) {
            throw Failure.invalid("at", "Enter at least one time of day, such as 09:00.");
        }
        return Schedule.of(!off, byTimes ? null : interval(), byTimes ? times : null, days(), text(timeZone));
    }

    /** Reads 9:30, 17.30 and 17h30 as people type them. */
    private static String time(String typed) {
        Matcher time = TIME.matcher(typed);
        return time.matches() ? (time.group(1).length() == 1 ? "0" : "") + time.group(1) + ":" + time.group(2) : typed;
    }

    /** The version that the form was filled in for; null for a form without one. */
    @Nullable String version() {
        return text(seen).isEmpty() ? null : text(seen);
    }

    /** Reports whether the person has seen what this schedule costs, and saves it nevertheless. */
    boolean agreesTo(Schedule schedule) {
        return schedule.version().equals(agreed);
    }

    public String interval() {
        return text(every);
    }

    public List<String> days() {
        return day == null ? List.of() : day;
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed.strip();
    }

    /** The offered intervals, and the present one where an API set another. */
    public List<String> intervals() {
        return INTERVALS.contains(interval()) || !Schedule.isInterval(interval()) ? INTERVALS
                : Stream.concat(INTERVALS.stream(), Stream.of(interval())).toList();
    }

    /** Returns an interval in words. */
    public static String words(String interval) {
        return every(interval).inWords();
    }

    static Schedule every(String interval) {
        return new Schedule(true, Duration.parse(interval), List.of(), Set.of(), UTC);
    }

    /** A day's name in three letters. */
    public static String dayWord(String day) {
        return day.charAt(0) + day.substring(1).toLowerCase(Locale.ROOT);
    }
}
