package social.coral.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands in for OpenAI, for Perplexity and for the pages that Perplexity cites. Answers at once, with texts as long as the agents ask for, and
 * counts a token for four characters, as is usual in English.
 */
final class PipelineModel implements AutoCloseable {

    /** The model of agents whose person chose none. */
    static final String MODEL = "gpt-6.2-sol";

    private static final JsonMapper JSON = new JsonMapper();
    private static final int CHARACTERS_OF_A_TOKEN = 4;
    private static final int PAGES = 5;
    /** What a provider lets its model read of a page that it found. */
    private static final int TOKENS_OF_A_PAGE = 1_024;
    private static final int WORDS_OF_RESEARCH = 300;
    private static final int WORDS_OF_A_POST = 400;
    private static final int PARTS = 6;
    private static final int WORDS_OF_A_PART = 36;
    private static final List<String> WORDS = List.of((
            "The water above the reef stays warm for longer each summer and the corals lose the algae that feed them. Divers who count"
                    + " them every month say that most recover when it cools within a few weeks while those that stay white for longer die.").split(" "));

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    PipelineModel() throws IOException {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** The environment of a product that takes this for the providers. */
    Map<String, String> environment() {
        return Map.of("OPENAI_BASE_URL", address() + "/v1", "OPENAI_MODEL", MODEL, "PERPLEXITY_BASE_URL", address(),
                "CORAL_ALLOW_PRIVATE_EGRESS", address().replace("http://", ""));
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Object answer = switch (exchange.getRequestURI().getPath()) {
                case "/v1/chat/completions" -> chat(JSON.readTree(body));
                case "/v1/agent" -> searched(JSON.readTree(body));
                case "/v1/models" -> Map.of("object", "list", "data", List.of(Map.of("id", MODEL)));
                default -> Map.of();
            };
            byte[] bytes = JSON.writeValueAsBytes(answer);
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, isHead ? -1 : bytes.length);
            if (!isHead) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private static Object chat(JsonNode request) {
        String answer = JSON.writeValueAsString(switch (request.at("/response_format/json_schema/name").asString("")) {
            case "blog_post" -> Map.of("title", "What the warm summers do to the reef", "content", text(WORDS_OF_A_POST));
            case "critique" -> Map.of("verdict", "approve", "scores", Map.of("evidence", 85, "structure", 82, "voice", 75, "originality", 78, "safety", 100),
                    "reasons", List.of(reason("voice"), reason("originality")));
            case "thread" -> Map.of("parts", IntStream.range(0, PARTS).mapToObj(part -> words(part * WORDS_OF_A_PART, WORDS_OF_A_PART)).toList());
            default -> throw new IllegalStateException("nothing of the pipeline asks this: " + request);
        });
        int read = tokens(request.path("messages").valueStream().map(message -> message.path("content").asString("")).collect(Collectors.joining()));
        return Map.of("model", MODEL, "choices", List.of(Map.of("message", Map.of("role", "assistant", "content", answer), "finish_reason", "stop")),
                "usage", Map.of("prompt_tokens", read, "completion_tokens", tokens(answer), "total_tokens", read + tokens(answer)));
    }

    private static Map<String, String> reason(String criterion) {
        return Map.of("criterion", criterion, "quote", words(0, 8), "reason", words(8, 24));
    }

    private Object searched(JsonNode request) {
        String answer = text(WORDS_OF_RESEARCH);
        int read = tokens(request.path("instructions").asString("") + request.path("input").asString("")) + PAGES * TOKENS_OF_A_PAGE;
        List<Map<String, Object>> pages = IntStream.rangeClosed(1, PAGES).mapToObj(page -> Map.<String, Object>of(
                "id", page, "url", address() + "/page/" + page, "title", "Report " + page + " on the reef")).toList();
        return Map.of("model", request.path("model").asString(""), "status", "completed",
                "output", List.of(Map.of("type", "search_results", "results", pages),
                        Map.of("type", "message", "content", List.of(Map.of("type", "output_text", "text", answer)))),
                "usage", Map.of("input_tokens", read, "output_tokens", tokens(answer), "total_tokens", read + tokens(answer)));
    }

    /** Sentences with the marker of a source behind each. */
    private static String text(int words) {
        int ofOne = 20;
        return IntStream.range(0, words / ofOne).mapToObj(sentence -> words(sentence * ofOne, ofOne) + " [" + (1 + sentence % PAGES) + "].")
                .collect(Collectors.joining("\n"));
    }

    private static String words(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(word -> WORDS.get(word % WORDS.size())).collect(Collectors.joining(" "));
    }

    private static int tokens(String text) {
        return Math.ceilDiv(text.length(), CHARACTERS_OF_A_TOKEN);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
