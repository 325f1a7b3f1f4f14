package social.coral.portability;

import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;
import social.coral.api.TimeZones;
import social.coral.portability.TenantTable.Column;
import social.coral.tenancy.UntypedValue;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** A line of an archive to be imported: untyped values that PostgreSQL parses as the column's type. */
record ImportedRow(long line, int bytes, @Nullable Object[] values) {

    // Names are not kept for reuse, because a hostile file could bring any number of long ones. No tree is built of a line,
    // which can take fifty times its memory.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Lines.MAX_LENGTH).maxNameLength(1_000).maxNestingDepth(100).build())
            .build();

    /** Thrown when a line is not a row of this table. */
    static final class NoRow extends Exception {

        private NoRow(String reason) {
            super(reason, null, false, false);
        }
    }

    static ImportedRow of(long number, byte[] line, List<Column> columns, Set<String> known) throws NoRow {
        @Nullable Object[] values = new Object[columns.size()];
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new NoRow("is not a JSON object");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                if (!known.contains(name)) {
                    throw new NoRow("has a value that the manifest does not name");
                }
                json.nextToken();
                int at = position(name, columns);
                if (at < 0) {
                    json.skipChildren();
                } else {
                    values[at] = value(json, columns.get(at));
                }
            }
            if (json.nextToken() != null) {
                throw new NoRow("is no JSON");
            }
        } catch (JacksonException e) {
            throw new NoRow("is no JSON");
        }
        return new ImportedRow(number, line.length, values);
    }

    private static int position(String name, List<Column> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Object value(JsonParser json, Column column) throws NoRow {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        String text = column.type().startsWith("json") ? copied(json)
                : json.currentToken() == JsonToken.START_ARRAY ? array(json, column)
                : json.currentToken() == JsonToken.START_OBJECT ? refused(column)
                : column.imported(json.getString());
        if (!StorableText.isValid(text)) {
            throw new NoRow(column.name() + " holds a character that text cannot have");
        }
        if (column.name().equals("time_zone") && !TimeZones.isKnown(text)) {
            throw new NoRow("time_zone is not a time zone such as Europe/Berlin");
        }
        return new UntypedValue(text);
    }

    private static String copied(JsonParser json) {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            copy.copyCurrentStructure(json);
        }
        return text.toString();
    }

    /** Formats an array of texts as PostgreSQL does. */
    private static String array(JsonParser json, Column column) throws NoRow {
        StringBuilder array = new StringBuilder("{");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken().isStructStart()) {
                refused(column);
            }
            array.append(array.length() > 1 ? "," : "").append(json.currentToken() == JsonToken.VALUE_NULL ? "NULL"
                    : "\"" + json.getString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        }
        return array.append('}').toString();
    }

    private static String refused(Column column) throws NoRow {
        throw new NoRow(column.name() + " has a value of the wrong type");
    }
}
