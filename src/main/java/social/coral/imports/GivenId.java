package social.coral.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.PostField;
import social.coral.imports.archive.PostRow;
import social.coral.networks.PostIds;
import social.coral.networks.XLinks;

/** The ids of posts as files give them: with what spreadsheets, programs and web pages put around the number, or as a link. */
final class GivenId {

    /** What spreadsheets put around a number, and programs before it, so that nothing reads it as a number. */
    private static final Pattern KEPT_AS_TEXT = Pattern.compile("(?:=?\"|'|x)([0-9]+)\"?");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9.,]*(?:[eE]\\+?[0-9]+)?");

    /** Rounding up can change the last of the 15 digits that spreadsheets keep. */
    private static final int DIGITS_LEFT = 14;
    /** A day alone, in any zone. */
    private static final Duration ANY_ZONE = Duration.ofHours(38);

    private GivenId() {}

    /** Returns the id of a row, or the one that its link leads to; null if it has none. */
    static @Nullable String of(PostRow row) {
        String id = row.value(PostField.ID);
        String linked = XLinks.post(link(row));
        return id == null || linked != null && isWorse(plain(id), linked) ? linked : plain(id);
    }

    /** Returns the link to a row's post; null if it has none. */
    static @Nullable String link(PostRow row) {
        String link = row.value(PostField.LINK);
        String any = link == null ? row.value(PostField.ANY_LINK) : link;
        String linked = XLinks.post(any);
        return linked == null ? link : isOf(row, linked) ? any : null;
    }

    private static boolean isOf(PostRow row, String linked) {
        String id = row.value(PostField.ID);
        if (id != null && isWhole(plain(id))) {
            return plain(id).equals(linked) || isWorse(plain(id), linked);
        }
        Instant time = PostTimes.parse(Objects.requireNonNullElse(row.value(PostField.CREATED_AT), "").strip());
        Instant inId = PostIds.isId(linked) && PostIds.isWithin64Bits(linked) ? PostIds.time(linked) : null;
        return time != null && inId != null && Duration.between(time, inId).abs().compareTo(ANY_ZONE) <= 0;
    }

    /** Reports whether an id is what a program has left of the one in the link, or a number of its own, or none. */
    private static boolean isWorse(String id, String linked) {
        return isWhole(id) ? RoundingEvidence.looksRounded(id) && id.length() == linked.length() && id.regionMatches(0, linked, 0, DIGITS_LEFT)
                : !PostIds.isDerived(id) && isWhole(linked);
    }

    private static boolean isWhole(String id) {
        return PostIds.isId(id) && PostIds.isWithin64Bits(id) && id.length() > DIGITS_LEFT;
    }

    /** Returns the id in a cell, or what else is in it. */
    static String plain(String cell) {
        if (PostIds.isId(cell)) {
            return cell;
        }
        String id = trimmed(cell);
        String linked = XLinks.post(id);
        Matcher kept = KEPT_AS_TEXT.matcher(id);
        return linked != null ? linked : kept.matches() ? kept.group(1) : id;
    }

    /** Returns a cell without the spaces and the invisible characters around it, which come with text that was copied from a page. */
    static String trimmed(String cell) {
        int from = 0;
        int to = cell.length();
        while (from < to && isBlank(cell.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(cell.charAt(to - 1))) {
            to--;
        }
        return cell.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }

    /** Reports whether what is no id is still a number, as a program leaves it that counts in floating point. */
    static boolean mayBeRounded(String id) {
        return NUMBER.matcher(id).matches();
    }
}
