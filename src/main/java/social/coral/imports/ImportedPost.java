package social.coral.imports;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.PostField;
import social.coral.imports.archive.PostRow;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.networks.PostIds;
import social.coral.networks.XLinks;

/** Turns rows of files into posts, or says why one is none. Adds a remark where it could not read something as it stands. */
record ImportedPost(Remarks remarks, Clock clock) {

    /** The reason why a row is not a post, as a sentence. */
    static final class NoPost extends Exception {

        NoPost(String reason) {
            super(reason, null, false, false);
        }
    }

    private static final int MAX_COUNT_LENGTH = 40;
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
    /** No time zone explains more between the time in a file that X did not write and the one in the id. */
    private static final Duration ZONES_DIFFER = Duration.ofDays(2);
    // Ids have contained their time since 4 November 2010; those before were numbers in sequence, far below.
    private static final Instant LAST_NUMBERED = Instant.parse("2010-11-06T00:00:00Z");
    /** Ids had more digits than the number of a row after the first year. */
    private static final Instant LAST_SHORT = Instant.parse("2007-04-01T00:00:00Z");
    private static final int DIGITS_OF_ROW_NUMBERS = 5;
    /** A reply can be to an older version of its parent. */
    private static final Duration EDITABLE = Duration.ofHours(1);
    private static final Duration STEP_OF_ZONES = Duration.ofMinutes(15);
    private static final Duration WIDEST_ZONE = Duration.ofHours(14);
    private static final Pattern ROUNDED = Pattern.compile("[1-9][0-9]{14}0{3,4}(?:\\.0+)?|[0-9.,]+[eE]\\+?[0-9]+|[0-9]{15,20}\\.0+");
    private static final Pattern ADDRESS = Pattern.compile("https?://([^/?#\\s]{1,100})", Pattern.CASE_INSENSITIVE);
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}");
    /** The addresses of posts on other networks. */
    private static final Pattern POST_ELSEWHERE = Pattern.compile("https?://(?:[^/?#]+/@[^/?#]+/(?:[0-9]{10,}|post/.*|video/.*)|[^/?#]*(?:bsky\\.app/profile/[^/]+/post/|linkedin\\.com/(?:posts|feed/update)/"
            + "|instagram\\.com/(?:p|reel)/|facebook\\.com/[^/]+/posts/|t\\.me/).*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern REPOST = Pattern.compile("RT @[A-Za-z0-9_]{1,20}: .*", Pattern.DOTALL);
    private static final Pattern WHOLE = Pattern.compile("^([0-9]{1,10})\\.0{1,2}$");
    private static final Pattern GROUPED = Pattern.compile("[0-9]{1,3}([,\\p{Zs}][0-9]{3})++");

    /** @param author of the file's posts; null if each row names its own */
    Post of(PostRow row, @Nullable String author) throws NoPost {
        String text = row.kind() == PostRow.Kind.TABLE_ROW ? PostText.ofTable(row) : PostText.of(row);
        Instant time = time(row);
        String writer = author(row, author);
        String id = id(row, writer, time, text);
        PostText.remark(row, remarks);
        return new Post(id, writer, text, timeOfId(row, id, time), language(row),
                reference(row, PostField.CONVERSATION, id, time), reference(row, PostField.IN_REPLY_TO, id, time),
                PostCounts.told(count(row, PostField.LIKES), count(row, PostField.RETWEETS), count(row, PostField.REPLIES)));
    }

    private static @Nullable String language(PostRow row) {
        String lang = row.value(PostField.LANG);
        return lang != null && LANGUAGE.matcher(lang).matches() ? lang : null;
    }

    /** Reports whether it begins as reposts do in archives. */
    static boolean isRepost(PostRow row) {
        String text = row.value(PostField.TEXT);
        return text != null && text.startsWith("RT @") && REPOST.matcher(text).matches();
    }

    /** Reports whether the row names its author. */
    static boolean namesAuthor(PostRow row) {
        return row.value(PostField.AUTHOR) != null || XLinks.username(GivenId.link(row)) != null;
    }

    /** A table may give only the day or the minute, or the time in another zone. The id has it exactly. */
    private Instant timeOfId(PostRow row, String id, Instant time) {
        String text = row.value(PostField.CREATED_AT);
        Instant inId = PostIds.isDerived(id) ? null : PostIds.time(id);
        if (text == null || inId == null || row.kind() != PostRow.Kind.TABLE_ROW) {
            return time;
        }
        Instant second = inId.truncatedTo(ChronoUnit.SECONDS);
        PostTimes.ParsedTime given = PostTimes.read(text.strip());
        boolean dayAlone = given != null && given.isDay();
        boolean otherTime = inId.isBefore(time.minus(WIDEST_ZONE)) || inId.isAfter(time.plus(dayAlone ? WIDEST_ZONE.plusDays(1) : WIDEST_ZONE));
        if (otherTime) {
            remarks.add(Remarks.Kind.OTHER_TIME, row.place(), "id %s, given %s".formatted(inId.atOffset(ZoneOffset.UTC).toLocalDate(), text.strip()));
            return time;
        }
        if (dayAlone) {
            return second;
        }
        boolean minuteAlone = time.truncatedTo(ChronoUnit.MINUTES).equals(time);
        Duration between = Duration.between(minuteAlone ? inId.truncatedTo(ChronoUnit.MINUTES) : second, time.truncatedTo(ChronoUnit.SECONDS)).abs();
        boolean zone = between.toSeconds() % STEP_OF_ZONES.toSeconds() == 0;
        if (!between.isZero() && zone) {
            remarks.add(Remarks.Kind.LOCAL_TIME, row.place());
        }
        return between.isZero() || zone ? second : time;
    }

    /** Spreadsheets round the ids of parents like all others, which leaves 15 digits. No post answers itself or a later one. */
    private @Nullable String reference(PostRow row, PostField field, String id, Instant time) {
        String given = row.value(field);
        String other = given == null ? null : GivenId.plain(given);
        if (other == null || other.equals(id)) {
            return field == PostField.IN_REPLY_TO ? null : other;
        }
        if (row.kind() != PostRow.Kind.TABLE_ROW) {
            return other;
        }
        if (ROUNDED.matcher(other).matches()) {
            remarks.add(Remarks.Kind.ROUNDED_PARENT, row.place());
            return null;
        }
        if (field == PostField.CONVERSATION && !PostIds.isId(other)) {
            return null;
        }
        if (field == PostField.IN_REPLY_TO && !mayAnswer(id, time, other)) {
            remarks.add(Remarks.Kind.UNREAD_PARENT, row.place());
            return null;
        }
        return other;
    }

    /** The number of a user looks like the ids of the first years, of which a later post hardly answers one. */
    private static boolean mayAnswer(String id, Instant time, String parent) {
        if (PostIds.isDerived(parent) || !PostIds.isId(parent) || !PostIds.isWithin64Bits(parent)) {
            return PostIds.isDerived(parent);
        }
        Instant inId = PostIds.time(parent);
        Instant own = PostIds.isDerived(id) ? null : PostIds.time(id);
        return inId == null ? time.isBefore(LAST_NUMBERED.plus(Duration.ofDays(365))) : !inId.isAfter(own == null ? time.plus(ZONES_DIFFER) : own.plus(EDITABLE));
    }

    private String id(PostRow row, String author, Instant time, String text) throws NoPost {
        String id = GivenId.of(row);
        boolean table = row.kind() == PostRow.Kind.TABLE_ROW;
        if (id == null && !table) {
            throw new NoPost("The id is missing.");
        }
        if (id != null && table && PostIds.isDerived(id)) {
            return id;
        }
        if (id != null && !(PostIds.isId(id) && PostIds.isWithin64Bits(id))) {
            throw new NoPost(Remarks.quoted(id) + " is not the id of a post, which is a long number such as 1885614061777846275."
                    + (GivenId.mayBeRounded(id) ? " A spreadsheet may have rounded it." : ""));
        }
        Instant inId = id == null ? null : PostIds.time(id);
        String any = row.value(PostField.ANY_LINK);
        Matcher link = ADDRESS.matcher(Objects.requireNonNullElse(any != null && !XLinks.isIn(text, any) && POST_ELSEWHERE.matcher(any.strip()).matches() ? any.strip() : GivenId.link(row), ""));
        if (table && link.lookingAt() && !XLinks.isOnX(link.group(1)) && (inId == null || Duration.between(inId, time).abs().compareTo(ZONES_DIFFER) > 0)) {
            throw new NoPost("The link of the post leads to %s and not to X.".formatted(link.group(1)));
        }
        boolean rowNumber = id != null && inId == null && time.isAfter(id.length() <= DIGITS_OF_ROW_NUMBERS ? LAST_SHORT : LAST_NUMBERED);
        if (table && (id == null || rowNumber)) {
            remarks.add(id == null ? Remarks.Kind.WITHOUT_ID : Remarks.Kind.ROW_NUMBER, row.place());
            if (id == null && !PostTimes.namesZone(Objects.requireNonNullElse(row.value(PostField.CREATED_AT), "").strip())) {
                remarks.add(Remarks.Kind.WITHOUT_ZONE, row.place());
            }
            // Two rows that say the same are two if they have numbers of their own.
            return PostIds.derived(author, time, id == null ? text : id + ' ' + text);
        }
        return String.valueOf(id);
    }

    private static String author(PostRow row, @Nullable String known) throws NoPost {
        String named = row.value(PostField.AUTHOR);
        named = named == null ? XLinks.username(GivenId.link(row)) : named;
        if (named == null) {
            if (known == null) {
                throw new NoPost("The author is missing.");
            }
            return known;
        }
        String name = PostAuthor.handle(named);
        if (name == null) {
            throw new NoPost(Remarks.quoted(named) + " is not a handle of letters A to Z, digits and _.");
        }
        return name;
    }

    /** A count that cannot be read costs the count and not the post. */
    private @Nullable Integer count(PostRow row, PostField field) {
        String text = row.value(field);
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > MAX_COUNT_LENGTH) {
            remarks.add(Remarks.Kind.COUNT, row.place());
            return null;
        }
        String digits = GROUPED.matcher(text.strip()).matches() ? text.replaceAll("[,\\p{Zs}]", "") : WHOLE.matcher(text.strip()).replaceFirst("$1");
        try {
            int count = Integer.parseInt(digits);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Remarked below, like a negative number.
        }
        remarks.add(Remarks.Kind.COUNT, row.place());
        return null;
    }

    /** Returns the time of a row that is not stored; null if it has none. */
    @Nullable Instant timeIfAny(PostRow row) {
        try {
            return time(row);
        } catch (NoPost e) {
            return null;
        }
    }

    Instant time(PostRow row) throws NoPost {
        String text = row.value(PostField.CREATED_AT);
        if (text == null) {
            throw new NoPost("The time is missing.");
        }
        Instant time = PostTimes.parse(text.strip());
        if (time == null) {
            throw new NoPost(Remarks.quoted(text) + PostTimes.fault(text.strip()));
        }
        if (time.isBefore(PostIds.FIRST_POST) || time.isAfter(clock.instant().plus(CLOCKS_DIFFER))) {
            throw new NoPost(Remarks.quoted(text) + " is not a time at which a post can have been written.");
        }
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
