package social.coral.tenancy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableTime;
import social.coral.api.TimeZones;

/** Reads the columns that JDBC has no getter for. */
public final class Columns {

    private Columns() {}

    /** Returns the row's {@code id}. */
    public static UUID id(ResultSet row) throws SQLException {
        return id(row, "id");
    }

    /** Reads a {@code uuid} that is never null. */
    public static UUID id(ResultSet row, String name) throws SQLException {
        return row.getObject(name, UUID.class);
    }

    /** Reads a {@code timestamptz} that is never null. */
    public static Instant instant(ResultSet row, String name) throws SQLException {
        return StorableTime.clamp(row.getObject(name, OffsetDateTime.class).toInstant());
    }

    /** Reads a {@code timestamptz} or null. */
    public static @Nullable Instant optionalInstant(ResultSet row, String name) throws SQLException {
        OffsetDateTime value = row.getObject(name, OffsetDateTime.class);
        return value == null ? null : StorableTime.clamp(value.toInstant());
    }

    /** Reads the name of a time zone or null; an unknown one becomes UTC. */
    public static @Nullable String zone(ResultSet row, String name) throws SQLException {
        String zone = row.getString(name);
        return zone == null || TimeZones.isKnown(zone) ? zone : "UTC";
    }

    /** Reads a word out of several, such as a status. A list skips a row with an unknown word and logs it. */
    public static <T> T word(ResultSet row, String name, Function<String, T> known) throws SQLException {
        return word(row, "row " + row.getString("id"), name, known);
    }

    /** Returns the constants of an enumeration as such words: their names in lower case. */
    public static <E extends Enum<E>> Function<String, E> constant(Class<E> type) {
        return name -> Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }

    /** Reads such a word of a row that people know by a name. */
    public static <T> T word(ResultSet row, String which, String name, Function<String, T> known) throws SQLException {
        try {
            return known.apply(row.getString(name));
        } catch (RuntimeException e) {
            throw new UnreadableRow(which, name);
        }
    }

    /** Reads a text of at most so many characters, or null. The statement cuts it one character later, so that a longer one takes no memory. */
    public static @Nullable String text(ResultSet row, String which, String name, int longest) throws SQLException {
        String text = row.getString(name);
        if (text != null && text.codePointCount(0, text.length()) > longest) {
            throw new UnreadableRow(which, name);
        }
        return text;
    }
}
