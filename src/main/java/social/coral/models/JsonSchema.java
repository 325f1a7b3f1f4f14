package social.coral.models;

import com.google.errorprone.annotations.CompileTimeConstant;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the value of an answer must look like. A strict one names every property as required and allows no others, as OpenAI asks. */
public final class JsonSchema {

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final int MAX_REASONS = 5;

    private final String name;
    private final JsonNode node;
    private final Schema schema;

    private JsonSchema(String name, JsonNode node) {
        this.name = name;
        this.node = node;
        this.schema = REGISTRY.getSchema(node);
    }

    /** @param name for the provider: letters, digits and underscores */
    public static JsonSchema of(@CompileTimeConstant String name, @CompileTimeConstant String json) {
        return new JsonSchema(name, new JsonMapper().readTree(json));
    }

    String name() {
        return name;
    }

    JsonNode node() {
        return node;
    }

    String json() {
        return node.toString();
    }

    /** Returns why a value does not fit, with the places and never with the value's own words; empty if it fits. */
    String reasons(JsonNode value) {
        List<Error> errors = schema.validate(value);
        return errors.stream().limit(MAX_REASONS).map(error -> error.getInstanceLocation() + " breaks " + error.getKeyword())
                .collect(Collectors.joining("; "));
    }
}
