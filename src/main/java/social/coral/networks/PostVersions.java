package social.coral.networks;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The versions of an edited post, each of which has an id of its own. */
public final class PostVersions {

    /** How long after its first version a post can have another; X lets it be edited for an hour. */
    public static final Duration EDITABLE = Duration.ofHours(2);

    private PostVersions() {}

    /** Returns those versions of a post that came before it. */
    public static List<String> before(String id, List<String> versions) {
        return versions.stream()
                .filter(version -> PostIds.isId(version) && PostIds.isWithin64Bits(version) && PostIds.OLDEST_FIRST.compare(version, id) < 0)
                .toList();
    }

    /** Returns when the newest version was written, as its id shows; the time of the first one if the id shows none. */
    public static Instant newestTime(String newest, Instant first) {
        Instant inId = PostIds.isId(newest) ? PostIds.time(newest) : null;
        return inId != null && inId.isAfter(first) && inId.isBefore(first.plus(EDITABLE)) ? inId.truncatedTo(ChronoUnit.SECONDS) : first;
    }

    /** Returns when the first version was written, as its id shows; the time of the later one if the id shows none. */
    public static Instant firstTime(String first, Instant later) {
        Instant inId = PostIds.time(first);
        return inId != null && inId.isBefore(later) && inId.isAfter(later.minus(EDITABLE)) ? inId.truncatedTo(ChronoUnit.SECONDS) : later;
    }
}
