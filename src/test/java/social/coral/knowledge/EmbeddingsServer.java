package social.coral.knowledge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A stand-in for OpenAI's embeddings: texts are near each other that have words in common. */
final class EmbeddingsServer {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String NOTHING = "\0";
    private static final String BAD_KEY = "{\"error\":{\"message\":\"Incorrect API key provided\",\"code\":\"invalid_api_key\"}}";
    private static final String BAD_TEXT = "{\"error\":{\"message\":\"'$.input' is invalid.\",\"type\":\"invalid_request_error\"}}";

    private final HttpServer server;
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private volatile String refusedKey = "";
    private volatile String refusedText = NOTHING;

    private EmbeddingsServer(HttpServer server) {
        this.server = server;
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/embeddings", this::answer);
        server.start();
    }

    /** One that lasts as long as the process of the tests. */
    static EmbeddingsServer started() {
        try {
            return new EmbeddingsServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The texts that it was asked for and has answered, in their order. */
    List<String> texts() {
        return texts;
    }

    void refuse(String key) {
        refusedKey = key;
    }

    /** From now on it refuses requests with a text in which these words are, or with any if they are empty. */
    void refuseTexts(String with) {
        refusedText = with;
    }

    void reset() {
        texts.clear();
        refusedKey = "";
        refusedText = NOTHING;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode asked = JSON.readTree(exchange.getRequestBody().readAllBytes());
            boolean badKey = exchange.getRequestHeaders().getFirst("Authorization").equals("Bearer " + refusedKey);
            boolean badText = asked.path("input").valueStream().anyMatch(text -> text.asString().contains(refusedText));
            byte[] body = badKey ? BAD_KEY.getBytes(StandardCharsets.UTF_8) : badText ? BAD_TEXT.getBytes(StandardCharsets.UTF_8) : vectors(asked);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(badKey ? 401 : badText ? 400 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private byte[] vectors(JsonNode asked) {
        int width = asked.path("model").asString().endsWith("large") ? 3072 : 1536;
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode data = answer.putArray("data");
        for (JsonNode text : asked.path("input")) {
            texts.add(text.asString());
            // The last first.
            data.insertObject(0).put("index", data.size() - 1).put("embedding", vector(text.asString(), width));
        }
        answer.putObject("usage").put("prompt_tokens", 5 * data.size());
        return JSON.writeValueAsBytes(answer);
    }

    private static String vector(String text, int width) {
        float[] vector = new float[width];
        for (String word : text.toLowerCase(Locale.ROOT).split("\\P{L}+")) {
            vector[Math.floorMod(word.hashCode(), width)] += 1;
        }
        ByteBuffer bytes = ByteBuffer.allocate(width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
