package social.coral.content;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;
import social.coral.content.archive.PostField;
import social.coral.content.archive.PostRow;
import social.coral.networks.NetworkUser;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.networks.PostIds;

/** Turns a row of a file into a post, or says why it cannot. */
final class ImportedPost {

    /** The reason why a row is not a post. */
    static final class NoPost extends Exception {

        NoPost(String reason) {
            super(reason, null, false, false);
        }
    }

    private static final DateTimeFormatter OF_X = DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.ENGLISH);
    // ISO 8601, also with a space for the T, with the offset as +0000, without an offset (then UTC), or a day alone.
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[' ']")
            .appendPattern("[XXX][XX]['UTC']")
            .optionalEnd()
            .toFormatter(Locale.ROOT);
    private static final Pattern ROUNDED = Pattern.compile("[0-9.,]+[eE][+]?[0-9]+");
    private static final Instant FIRST_POST = Instant.parse("2006-03-21T00:00:00Z");

    private ImportedPost() {}

    static Post of(PostRow row, @Nullable Username author, Clock clock) throws NoPost {
        return new Post(id(row), author(row, author), text(row), time(row, clock), row.value(PostField.LANG),
                row.value(PostField.CONVERSATION), row.value(PostField.IN_REPLY_TO),
                new PostCounts(count(row, PostField.LIKES), count(row, PostField.RETWEETS), count(row, PostField.REPLIES)));
    }

    /** Reports whether the row names its author. */
    static boolean namesAuthor(PostRow row) {
        return row.value(PostField.AUTHOR) != null;
    }

    private static String id(PostRow row) throws NoPost {
        String id = row.value(PostField.ID);
        if (id == null) {
            throw new NoPost("The id is missing.");
        }
        if (!PostIds.isId(id.strip())) {
            throw new NoPost("The id must be a whole number." + (ROUNDED.matcher(id.strip()).matches() ? " A spreadsheet may have rounded it." : ""));
        }
        return id.strip();
    }

    private static String author(PostRow row, @Nullable Username known) throws NoPost {
        String named = row.value(PostField.AUTHOR);
        if (named == null) {
            if (known == null) {
                throw new NoPost("The author is missing.");
            }
            return known.value();
        }
        String name = named.strip().replaceFirst("^@", "");
        if (!NetworkUser.isHandle(name)) {
            throw new NoPost("The author must be a username of 1 to 15 letters A to Z, digits or _.");
        }
        return name;
    }

    private static String text(PostRow row) throws NoPost {
        String text = row.value(PostField.TEXT);
        if (text == null || StorableText.truncate(text, text.length()).isBlank()) {
            throw new NoPost("The text is missing.");
        }
        if (text.length() > Post.MAX_LENGTH) {
            throw new NoPost("The text is longer than " + Post.MAX_LENGTH + " characters.");
        }
        if (text.indexOf('\uFFFD') >= 0) {
            throw new NoPost("The text has characters that are not UTF-8. Save the file as UTF-8.");
        }
        return row.escaped() ? text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") : text;
    }

    private static int count(PostRow row, PostField field) throws NoPost {
        String text = row.value(field);
        if (text == null) {
            return 0;
        }
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Handled below, like a negative number. No post has more than an integer counts.
        }
        throw new NoPost("The number of " + field.name().toLowerCase(Locale.ROOT) + " must be a whole number from 0 to " + Integer.MAX_VALUE + ".");
    }

    private static Instant time(PostRow row, Clock clock) throws NoPost {
        String text = row.value(PostField.CREATED_AT);
        if (text == null) {
            throw new NoPost("The time in created_at is missing.");
        }
        Instant time = parse(text.strip());
        if (time == null) {
            throw new NoPost("The time in created_at cannot be read. Write it in ISO 8601 or in X's own format.");
        }
        if (time.isBefore(FIRST_POST) || time.isAfter(clock.instant().plusSeconds(86_400))) {
            throw new NoPost("The time in created_at is not one at which a post can have been written.");
        }
        return time;
    }

    private static @Nullable Instant parse(String text) {
        try {
            return OffsetDateTime.parse(text, OF_X).toInstant();
        } catch (DateTimeException e) {
            // Not X's own date format.
        }
        try {
            TemporalAccessor parsed = ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return switch (parsed) {
                case OffsetDateTime time -> time.toInstant();
                case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
                default -> LocalDate.from(parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
            };
        } catch (DateTimeException e) {
            return null;
        }
    }
}
