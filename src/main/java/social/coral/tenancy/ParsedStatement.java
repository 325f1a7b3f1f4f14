package social.coral.tenancy;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;

/** A statement with its named parameters turned into the driver's, ready to be prepared. */
record ParsedStatement(String sql, @Nullable Object[] values) {

    // Statements are constants of the program, so this holds as many entries as the source has statements.
    private static final Map<String, ParsedSql> PARSED = new ConcurrentHashMap<>();

    static ParsedStatement of(String sql, Map<String, Object> parameters) {
        ParsedSql parsed = PARSED.computeIfAbsent(sql, NamedParameterUtils::parseSqlStatement);
        MapSqlParameterSource source = new MapSqlParameterSource(parameters);
        return new ParsedStatement(
                NamedParameterUtils.substituteNamedParameters(parsed, source),
                NamedParameterUtils.buildValueArray(parsed, source, null));
    }

    /** Whether a parameter is null, also one in a row of several. */
    boolean lacksValue() {
        return lacksValue(Arrays.asList(values));
    }

    private static boolean lacksValue(Collection<?> some) {
        return some.stream().anyMatch(value -> value == null
                || value instanceof Collection<?> rows && lacksValue(rows)
                || value instanceof Object[] columns && lacksValue(Arrays.asList(columns)));
    }
}
