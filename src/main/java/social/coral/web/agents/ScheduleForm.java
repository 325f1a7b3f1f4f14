package social.coral.web.agents;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.agents.Schedule;
import social.coral.api.Failure;
import social.coral.web.frame.Form;

/**
 * A schedule as it is typed.
 *
 * @param mode {@code never}, {@code every} or {@code at}
 * @param every ISO-8601, from the offered ones
 * @param at times of day, separated by commas or spaces
 */
public record ScheduleForm(String mode, String every, String at, List<String> days, String timeZone, Form errors) {

    private static final List<String> INTERVALS = List.of("PT5M", "PT15M", "PT30M", "PT1H", "PT3H", "PT6H", "PT12H", "PT24H");

    public static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

    static ScheduleForm of(Schedule schedule) {
        String mode = !schedule.enabled() ? "never" : schedule.every() != null ? "every" : "at";
        return new ScheduleForm(
                mode,
                schedule.every() == null ? "PT30M" : schedule.every().toString(),
                schedule.at().isEmpty() ? "09:00" : schedule.at().stream().map(LocalTime::toString).collect(Collectors.joining(", ")),
                schedule.days().stream().sorted().map(day -> day.name().substring(0, 3)).toList(),
                schedule.timeZone().getId(),
                Form.empty());
    }

    /** One that is switched off keeps the times and days, or the interval, that stood there before. */
    Schedule schedule(Schedule before) {
        boolean byTimes = mode.equals("at") || mode.equals("never") && !before.at().isEmpty();
        List<String> times = Arrays.stream(at.split("[,;\\s]+")).filter(time -> !time.isEmpty()).map(ScheduleForm::padded).toList();
        if (byTimes && times.isEmpty()) {
            throw Failure.invalid("at", "Enter at least one time of day, such as 09:00.");
        }
        return Schedule.of(
                !mode.equals("never"), byTimes ? null : blankToNull(every), byTimes ? times : null, days, timeZone);
    }

    private static String padded(String time) {
        return time.matches("\\d:\\d\\d") ? "0" + time : time;
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }

    ScheduleForm refused(Failure failure) {
        return new ScheduleForm(mode, every, at, days, timeZone, errors.refused(failure));
    }

    /** What the fields hold, for the parts that draw them. */
    public Form fields() {
        return errors.with("at", at).with("time_zone", timeZone);
    }

    /** The offered intervals, and the present one where an API set another. */
    public List<String> intervals() {
        return INTERVALS.contains(every) || !Schedule.isInterval(every) ? INTERVALS
                : Stream.concat(INTERVALS.stream(), Stream.of(every)).toList();
    }

    /** Returns an interval in words. */
    public static String words(String interval) {
        return every(interval).inWords();
    }

    static Schedule every(String interval) {
        return new Schedule(true, Duration.parse(interval), List.of(), Set.of(), ZoneId.of("UTC"));
    }

    /** A day's name in three letters. */
    public static String dayWord(String day) {
        return day.charAt(0) + day.substring(1).toLowerCase(Locale.ROOT);
    }
}
