package social.coral.models;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.models.Reply.Finish;
import social.coral.usage.Amount;
import social.coral.vault.ServiceName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's messages. */
record AnthropicMessages(URI base, String defaultModel) implements Provider {

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public ServiceName key() {
        return ServiceName.ANTHROPIC;
    }

    @Override
    public String title() {
        return "Anthropic";
    }

    @Override
    public String variable() {
        return "ANTHROPIC_BASE_URL";
    }

    @Override
    public String path() {
        return "/v1/messages";
    }

    @Override
    public String modelsPath() {
        return "/v1/models?limit=1000";
    }

    @Override
    public double maxTemperature() {
        return 1;
    }

    @Override
    public Map<String, String> headers(String secret) {
        return Map.of("x-api-key", secret, "anthropic-version", "2023-06-01");
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public List<String> limits() {
        return List.of("max_tokens");
    }

    @Override
    public Set<String> optional() {
        return Set.of("temperature", "output_config");
    }

    @Override
    public ObjectNode body(Prompt prompt, String model) {
        ObjectNode body = JSON.createObjectNode().put("model", model).put("system", prompt.system());
        body.putArray("messages").add(JSON.createObjectNode().put("role", "user").put("content", prompt.user()));
        if (prompt.parameters().temperature() != null) {
            body.put("temperature", Math.min(maxTemperature(), prompt.parameters().temperature()));
        }
        if (prompt.schema() != null) {
            body.putObject("output_config").putObject("format").put("type", "json_schema").set("schema", prompt.schema().node());
        }
        return body;
    }

    @Override
    public Pieces pieces() {
        return new AnthropicPieces();
    }

    /** A block of thoughts may come before the answer, so blocks are chosen by their type. */
    @Override
    public Reply read(JsonNode body) {
        JsonNode content = body.path("content");
        if (!content.isArray()) {
            throw new NoAnswer();
        }
        String text = content.valueStream().filter(block -> "text".equals(Reply.text(block.path("type"))))
                .map(block -> Reply.text(block.path("text"))).collect(Collectors.joining());
        String reason = Reply.text(body.path("stop_reason"));
        return new Reply(text, Finish.of(reason), reason, Reply.text(body.path("model")), used(body.path("usage")), List.of(), false);
    }

    /** Its input tokens do not include those of its cache. */
    static @Nullable Amount used(JsonNode usage) {
        int cached = Reply.count(usage.path("cache_read_input_tokens"));
        long input = (long) Reply.count(usage.path("input_tokens")) + cached + Reply.count(usage.path("cache_creation_input_tokens"));
        return usage.path("input_tokens").isNumber()
                ? Reply.amount(0, (int) Math.min(input, Integer.MAX_VALUE), cached, usage.path("output_tokens"), 0, MissingNode.getInstance()) : null;
    }
}
