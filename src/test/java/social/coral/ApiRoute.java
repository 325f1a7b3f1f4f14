package social.coral;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A route as the OpenAPI document describes it.
 *
 * @param query names of the parameters of the query
 * @param fields of the JSON body, each with its schema; empty when it takes none
 * @param raw whether the body is a file
 * @param answered every field that an answer may carry, at any depth
 */
public record ApiRoute(
        String method, String path, List<String> query, Map<String, JsonNode> fields, Set<String> required, boolean raw, Set<String> answered) {

    /** Values of fields that have a form which the document does not tell; a schema's own example comes first. */
    private static final Map<String, String> FORMS = Map.of(
            "email", "somebody@example.org", "password", "violet harbour lantern 42", "time_zone", "UTC", "locale", "en",
            "every", "PT30M", "service_name", "perplexity", "api_key", "pplx-0123456789abcdef0123456789abcdef", "username", "coral_reef");

    /** Every route of the document. */
    public static List<ApiRoute> all(TestClient client) {
        JsonNode document = client.get("/v3/api-docs").json();
        List<ApiRoute> routes = new ArrayList<>();
        document.get("paths").forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> routes.add(route(document, method, path, operation))));
        return List.copyOf(routes);
    }

    private static ApiRoute route(JsonNode document, String method, String path, JsonNode operation) {
        List<String> query = new ArrayList<>();
        operation.path("parameters").forEach(parameter -> {
            if (parameter.path("in").asString("").equals("query")) {
                query.add(parameter.path("name").asString(""));
            }
        });
        JsonNode contents = operation.path("requestBody").path("content");
        JsonNode schema = resolved(document, contents.path("application/json").path("schema"));
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        schema.path("properties").forEachEntry((name, property) -> fields.put(name, withItems(document, property)));
        Set<String> required = new LinkedHashSet<>();
        schema.path("required").forEach(name -> required.add(name.asString("")));
        Set<String> answered = new LinkedHashSet<>();
        operation.path("responses").forEach(response -> response.path("content").forEach(content -> collect(document, content.path("schema"), answered)));
        return new ApiRoute(method.toUpperCase(Locale.ROOT), path, List.copyOf(query), fields, required, contents.has("application/octet-stream"), answered);
    }

    /** A list with the schema of its items in place of a reference to it. */
    private static JsonNode withItems(JsonNode document, JsonNode schema) {
        return schema.path("items").has("$ref") ? ((ObjectNode) schema.deepCopy()).set("items", resolved(document, schema.get("items"))) : schema;
    }

    private static JsonNode resolved(JsonNode document, JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.get("$ref").asString("").substring(1)) : schema;
    }

    private static void collect(JsonNode document, JsonNode given, Set<String> names) {
        JsonNode schema = resolved(document, given);
        schema.path("properties").forEachEntry((name, property) -> {
            if (names.add(name)) {
                collect(document, property, names);
            }
        });
        if (schema.has("items")) {
            collect(document, schema.get("items"), names);
        }
    }

    public boolean writes() {
        return !method.equals("GET");
    }

    public boolean takesJson() {
        return !fields.isEmpty();
    }

    public boolean takesAnId() {
        return path.contains("{id}");
    }

    public boolean isApi() {
        return path.startsWith("/api/");
    }

    /** The list that the parameter in the path chooses from, such as {@code /api/tweets}; "" without one. */
    public String collection() {
        return path.contains("/{") ? path.substring(0, path.indexOf("/{")) : "";
    }

    /** The name of the parameter in the path. */
    public String parameter() {
        return path.substring(path.indexOf('{') + 1, path.indexOf('}'));
    }

    /** The path with its parameter set to what is percent-encoded already; a number below it is the first. */
    public String with(String encoded) {
        return path.replace("{number}", "1").replaceAll("\\{[^}]+}", java.util.regex.Matcher.quoteReplacement(encoded));
    }

    /** Bodies that ought to be taken, the smallest first: what is required, everything, everything but one. */
    public Stream<ObjectNode> examples() {
        Stream<Set<String>> allButOne = fields.keySet().stream().map(left -> {
            Set<String> some = new LinkedHashSet<>(fields.keySet());
            some.remove(left);
            return some;
        });
        return Stream.concat(Stream.of(required, fields.keySet()), allButOne).map(this::body);
    }

    private ObjectNode body(Set<String> names) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        names.forEach(name -> body.set(name, example(name, fields.getOrDefault(name, JsonNodeFactory.instance.objectNode()))));
        return body;
    }

    private static JsonNode example(String name, JsonNode schema) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (schema.has("example")) {
            return schema.get("example");
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(0);
        }
        if (schema.path("format").asString("").equals("date-time")) {
            return nodes.stringNode("2031-01-01T09:00:00Z");
        }
        return switch (schema.path("type").asString("string")) {
            case "integer", "number" -> nodes.numberNode(1);
            case "boolean" -> nodes.booleanNode(true);
            case "array" -> items(schema.path("items").path("properties"));
            case "object" -> nodes.objectNode();
            default -> nodes.stringNode(FORMS.getOrDefault(name, "a text for " + name));
        };
    }

    /** One item, where they have fields. */
    private static JsonNode items(JsonNode properties) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        properties.forEachEntry((name, property) -> item.set(name, example(name, property)));
        return item.isEmpty() ? JsonNodeFactory.instance.arrayNode() : JsonNodeFactory.instance.arrayNode().add(item);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
