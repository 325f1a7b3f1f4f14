package social.coral.tenancy;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * A statement with its named parameters replaced by the driver's, ready to be prepared.
 *
 * @param withClaims the statement preceded by the claims, for a transaction of its own
 * @param grown the tenant table to which it adds rows, if it adds any
 * @param changed the tenant table whose rows it updates, if it begins with that
 */
record ParsedStatement(String sql, String withClaims, @Nullable Object[] values, @Nullable String grown, @Nullable String changed) {

    private static final Pattern INSERT = Pattern.compile("\\binsert\\s+into\\s+public\\.\"?(\\w+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern UPDATE = Pattern.compile("\\s*update\\s+public\\.\"?(\\w+)", Pattern.CASE_INSENSITIVE);

    ParsedStatement(String sql, @Nullable Object[] values, @Nullable String grown) {
        this(sql, TenantClaims.before(sql), values, grown, null);
    }

    private record Template(ParsedSql parsed, String sql, String withClaims, @Nullable String grown, @Nullable String changed) {

        static Template of(String sql) {
            ParsedSql parsed = NamedParameterUtils.parseSqlStatement(sql);
            String positional = NamedParameterUtils.substituteNamedParameters(parsed, null);
            return new Template(parsed, positional, TenantClaims.before(positional), grownBy(sql), changedBy(sql));
        }
    }

    // Statements are constants of the program, so this holds as many entries as the source has statements.
    private static final Map<String, Template> PARSED = new ConcurrentHashMap<>();

    static ParsedStatement of(String sql, Map<String, Object> parameters) {
        Template template = PARSED.computeIfAbsent(sql, Template::of);
        SqlParameterSource source = new MapSqlParameterSource(parameters);
        @Nullable Object[] values = NamedParameterUtils.buildValueArray(template.parsed(), source, null);
        if (Stream.of(values).noneMatch(value -> value instanceof Collection<?>)) {
            return new ParsedStatement(template.sql(), template.withClaims(), values, template.grown(), template.changed());
        }
        String substituted = NamedParameterUtils.substituteNamedParameters(template.parsed(), source);
        return new ParsedStatement(substituted, TenantClaims.before(substituted), values, template.grown(), template.changed());
    }

    /** Returns the tenant table to which this statement adds rows; null for none. */
    static @Nullable String grownBy(String sql) {
        Matcher insert = INSERT.matcher(sql);
        return insert.find() ? insert.group(1) : null;
    }

    private static @Nullable String changedBy(String sql) {
        Matcher update = UPDATE.matcher(sql);
        return update.lookingAt() ? update.group(1) : null;
    }

    /** Returns how many rows it adds: those bound as rows, or one. */
    int rows() {
        return Stream.of(values).mapToInt(value -> value instanceof Collection<?> rows ? rows.size() : 1).max().orElse(1);
    }

    /** Whether any parameter is null, including within rows. */
    boolean lacksValue() {
        return lacksValue(Arrays.asList(values));
    }

    private static boolean lacksValue(Collection<?> some) {
        return some.stream().anyMatch(value -> value == null
                || value instanceof Collection<?> rows && lacksValue(rows)
                || value instanceof Object[] columns && lacksValue(Arrays.asList(columns)));
    }
}
