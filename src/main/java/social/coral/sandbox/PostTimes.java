package social.coral.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The times at which an author posts. Posts are numbered consecutively over all days, with the same count each day, so that a
 * post's number and time can be computed from each other.
 */
final class PostTimes {

    private static final long DAY = 86_400_000L;
    private static final int DAYS_KEPT = 4_000;

    private record Day(long author, long day) {}

    private final Map<Day, long[]> known = new ConcurrentHashMap<>();

    /** Returns the number of the day, in the author's zone, that contains this time. */
    static long day(Author author, long epochMilli) {
        return Math.floorDiv(epochMilli + author.hoursAhead() * 3_600_000L, DAY);
    }

    long time(Author author, long number) {
        return times(author, Math.floorDiv(number, author.postsADay()))[(int) Math.floorMod(number, (long) author.postsADay())];
    }

    /** Returns the number of the newest post before this time. */
    long newestBefore(Author author, long epochMilli) {
        long day = day(author, epochMilli);
        long[] times = times(author, day);
        int written = 0;
        while (written < times.length && times[written] < epochMilli) {
            written++;
        }
        return day * author.postsADay() + written - 1;
    }

    private long[] times(Author author, long day) {
        Day key = new Day(author.seed(), day);
        long[] times = known.get(key);
        if (times == null) {
            times = computed(author, day);
            if (known.size() >= DAYS_KEPT) {
                known.clear();
            }
            known.put(key, times);
        }
        return times;
    }

    private static long[] computed(Author author, long day) {
        Dice dice = Dice.of(author.seed(), day, 5);
        long[] times = new long[author.postsADay()];
        long start = day * DAY - author.hoursAhead() * 3_600_000L;
        for (int i = 0; i < times.length; i++) {
            long moment = start + author.rhythm().millisOfDay((i + dice.fraction()) / times.length);
            times[i] = i > 0 ? Math.max(moment, times[i - 1] + 1) : moment;
        }
        return times;
    }
}
