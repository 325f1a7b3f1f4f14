package social.coral.tenancy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import social.coral.api.Failure;
import social.coral.api.SearchText;
import social.coral.api.StorableText;

/** A statement on its way through the {@link TenantDoor}. */
public final class TenantStatement {

    private static final Logger log = LoggerFactory.getLogger(TenantStatement.class);

    private static final String TENANT = "tenant";
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    // No row is longer than a kept answer of 1 MB, so that the rows in memory stay within some 20 MB.
    static final int ROWS_AT_ONCE = 20;

    /** Makes one object of the current row. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Takes the current row. */
    public interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    private final TenantDoor door;
    private final String sql;
    private final Map<String, Object> parameters = new HashMap<>();
    private boolean search;

    TenantStatement(TenantDoor door, String sql) {
        this.door = door;
        this.sql = sql;
    }

    /**
     * Binds a named parameter. {@code Instant} becomes {@code timestamptz}, an enum its {@code toString()}. The tenant
     * cannot be bound: that is the door's to do.
     */
    public TenantStatement param(String name, @Nullable Object value) {
        if (name.equals(TENANT)) {
            throw new InvalidDataAccessApiUsageException("the tenant is bound by the door");
        }
        if (value instanceof String text && !StorableText.isValid(text)) {
            throw Failure.invalid(name, "\"" + name + "\" has a character that cannot be stored.");
        }
        parameters.put(name, value);
        return this;
    }

    /**
     * Binds {@code :words} to expressions that a text has to match. With any, the statement can cost as much as the person who typed
     * them likes, so it is run as {@link TenantDoor#search} says; none are no search.
     */
    public TenantStatement words(String[] patterns) {
        search |= patterns.length > 0;
        return param("words", patterns);
    }

    /** As {@link #words(String[])}, with {@code :without} for what the text must not match. */
    public TenantStatement words(String[] patterns, String[] without) {
        search |= without.length > 0;
        return words(patterns).param("without", without);
    }

    /** Binds {@code :words} to what {@code ilike all} finds: each word that was typed, wherever it stands. */
    public TenantStatement likeWords(@Nullable String typed) {
        return words(likePatterns(typed));
    }

    /** Returns a pattern for {@code ilike} for each word that was typed. */
    static String[] likePatterns(@Nullable String typed) {
        return BLANKS.splitAsStream(SearchText.of("q", "The search", typed)).filter(word -> !word.isEmpty()).distinct()
                .map(word -> "%" + word.replaceAll("[\\\\%_]", "\\\\$0") + "%").toArray(String[]::new);
    }

    /** Runs it as {@link TenantDoor#search} says, because what it looks through has no bound but the tenant's own. */
    public TenantStatement asSearch() {
        search = true;
        return this;
    }

    /** Binds {@code values :name} to several rows; there must be at least one. */
    public TenantStatement rows(String name, Collection<Object[]> rows) {
        if (rows.isEmpty()) {
            throw new InvalidDataAccessApiUsageException("a statement over rows needs at least one");
        }
        return param(name, List.copyOf(rows));
    }

    /** All rows, of which few lists are in memory at a time; see {@link RowsInMemory}. */
    public <T> List<T> list(RowReader<T> reader) {
        Supplier<List<T>> reading = () -> door.execute(parsed(), into(new ArrayList<>(), reader));
        return search ? door.searchForRows(reading) : door.holdingRows(reading);
    }

    /** The statement with the reader of its rows, which can be sent together with others. */
    public <T extends Object> Query<T> query(RowReader<T> reader) {
        return new Query<>(this, reader);
    }

    /** Whether it looks for words, and so may only be sent alone. */
    boolean isSearch() {
        return search;
    }

    <T> TenantDoor.StatementResult<List<T>> into(List<T> all, RowReader<T> reader) {
        return executed -> {
            try (ResultSet rows = executed.getResultSet()) {
                while (rows.next()) {
                    add(reader, rows, all);
                }
            }
            return all;
        };
    }

    /** One that cannot be read keeps nobody from the others. */
    private <T> void add(RowReader<T> reader, ResultSet rows, List<T> all) throws SQLException {
        try {
            all.add(reader.read(rows));
        } catch (UnreadableRow e) {
            log.error("Left out of a list of tenant {}: {}", Tenant.current().id(), e.sentence());
        }
    }

    /** Hands over each row, a few at a time in memory, within the transaction that is open around it. */
    public void each(RowTaker taker) {
        door.execute(parsed(), ROWS_AT_ONCE, executed -> {
            try (ResultSet rows = executed.getResultSet()) {
                while (rows.next()) {
                    taker.take(rows);
                }
            }
            return true;
        });
    }

    /** The first row, if there is one. */
    public <T extends Object> Optional<T> first(RowReader<T> reader) {
        return run(executed -> {
            try (ResultSet rows = executed.getResultSet()) {
                return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
            } catch (UnreadableRow e) {
                throw Failure.conflict("unreadable_row", e.sentence() + " Ask your administrator to repair or remove it.");
            }
        });
    }

    /** The only row; for aggregates and {@code returning}, which always give one. */
    public <T extends Object> T one(RowReader<T> reader) {
        return first(reader).orElseThrow(() -> new IllegalStateException("a statement that always gives a row gave none: " + sql));
    }

    /** Runs a statement that gives no rows, and tells how many it touched. */
    public int update() {
        return run(executed -> executed.getUpdateCount());
    }

    private <T extends Object> T run(TenantDoor.StatementResult<T> result) {
        return search ? door.search(() -> door.execute(parsed(), result)) : door.execute(parsed(), result);
    }

    ParsedStatement parsed() {
        parameters.put(TENANT, Tenant.current().id());
        return ParsedStatement.of(sql, parameters);
    }
}
