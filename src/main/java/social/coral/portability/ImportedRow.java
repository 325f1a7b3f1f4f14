package social.coral.portability;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;
import social.coral.portability.TenantTable.Column;
import social.coral.tenancy.Untyped;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A line of an archive on its way into a table: values of no type yet, which PostgreSQL reads as the column's. */
record ImportedRow(long line, @Nullable Object[] values) {

    /** The line is not a row of this table. */
    static final class NoRow extends Exception {

        private NoRow(String reason) {
            super(reason, null, false, false);
        }
    }

    static ImportedRow of(long number, byte[] line, List<Column> columns, Set<String> known, JsonMapper json) throws NoRow {
        JsonNode row;
        try {
            row = json.readTree(line);
        } catch (JacksonException e) {
            throw new NoRow("is no JSON");
        }
        if (!row.isObject()) {
            throw new NoRow("is no JSON object");
        }
        for (String name : row.propertyNames()) {
            if (!known.contains(name)) {
                throw new NoRow("has a value that the manifest does not name");
            }
        }
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(row.get(columns.get(i).name()), columns.get(i));
        }
        return new ImportedRow(number, values);
    }

    private static @Nullable Object value(@Nullable JsonNode node, Column column) throws NoRow {
        if (node == null || node.isNull()) {
            return null;
        }
        String text = column.type().startsWith("json") ? node.toString()
                : node.isArray() ? array(node)
                : column.imported(node.asString());
        if (!StorableText.is(text)) {
            throw new NoRow(column.name() + " holds a character that no text may have");
        }
        if (column.name().equals("time_zone") && !ZoneId.getAvailableZoneIds().contains(text)) {
            throw new NoRow("time_zone is no time zone, such as Europe/Berlin");
        }
        return new Untyped(text);
    }

    /** As PostgreSQL writes an array of texts. */
    private static String array(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .map(each -> each.isNull() ? "NULL" : "\"" + each.asString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
