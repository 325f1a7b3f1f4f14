package social.coral.models;

import java.math.RoundingMode;
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
import tools.jackson.databind.node.ObjectNode;

/** Perplexity's agent API: searches the web, then answers with sources. */
record PerplexityAgent(URI base, String defaultModel) implements Provider {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_STEPS = 3;
    private static final int MAX_TOKENS_PER_PAGE = 1_024;
    private static final int MAX_PAGES_PER_SEARCH = 20;
    /** No answer costs more. */
    private static final int MAX_USD = 1_000;

    @Override
    public ServiceName key() {
        return ServiceName.PERPLEXITY;
    }

    @Override
    public String title() {
        return "Perplexity";
    }

    @Override
    public String variable() {
        return "PERPLEXITY_BASE_URL";
    }

    @Override
    public String path() {
        return "/v1/agent";
    }

    @Override
    public String modelsPath() {
        return "/v1/models";
    }

    @Override
    public Map<String, String> headers(String secret) {
        return Map.of("Authorization", "Bearer " + secret);
    }

    @Override
    public String unit() {
        return "search_request";
    }

    @Override
    public List<String> limits() {
        return List.of("max_output_tokens");
    }

    @Override
    public Set<String> optional() {
        return Set.of("response_format", "temperature");
    }

    @Override
    public ObjectNode body(Prompt prompt, String model) {
        ObjectNode body = JSON.createObjectNode().put("model", model).put("instructions", prompt.system()).put("input", prompt.user())
                .put("max_steps", MAX_STEPS);
        body.putArray("tools").add(JSON.createObjectNode().put("type", "web_search").put("max_tokens_per_page", MAX_TOKENS_PER_PAGE));
        if (prompt.parameters().temperature() != null) {
            body.put("temperature", prompt.parameters().temperature());
        }
        if (prompt.schema() != null) {
            body.set("response_format", OpenAiChat.responseFormat(prompt.schema()));
        }
        return body;
    }

    /** Each step reads the prompt again, with what the searches before it found. */
    @Override
    public Amount most(int bytes, int outputTokens) {
        int found = MAX_STEPS * MAX_PAGES_PER_SEARCH * MAX_TOKENS_PER_PAGE;
        return new Amount(MAX_STEPS, (MAX_STEPS + 1) * bytes + MAX_STEPS * found, 0, outputTokens, 0);
    }

    @Override
    public Pieces pieces() {
        return new AgentPieces();
    }

    /** Also reads an answer in the shape of the earlier interface, which compatible servers still give. */
    @Override
    public Reply read(JsonNode body) {
        if (body.path("choices").isArray()) {
            Reply earlier = new OpenAiChat(base, defaultModel).read(body);
            JsonNode usage = body.path("usage");
            Amount tokens = earlier.used();
            Amount used = tokens == null ? null : tokens.plus(Amount.units(Math.max(1, Reply.count(usage.path("num_search_queries"))))).costing(cost(usage));
            return new Reply(earlier.text(), earlier.finish(), earlier.reason(), earlier.model(), used, Sources.ofLists(body), true);
        }
        JsonNode output = body.path("output");
        if (!output.isArray()) {
            throw new NoAnswer();
        }
        List<JsonNode> parts = output.valueStream().filter(item -> "message".equals(Reply.text(item.path("type"))))
                .flatMap(item -> item.path("content").valueStream()).toList();
        String text = parts.stream().filter(part -> "output_text".equals(Reply.text(part.path("type"))))
                .map(part -> Reply.text(part.path("text"))).collect(Collectors.joining());
        boolean refused = parts.stream().anyMatch(part -> "refusal".equals(Reply.text(part.path("type"))));
        String why = Reply.text(body.path("incomplete_details").path("reason"));
        String reason = why.isEmpty() ? Reply.text(body.path("status")) : why;
        return new Reply(text, refused ? Finish.REFUSED : finish(reason), reason, Reply.text(body.path("model")), used(body), Sources.ofOutput(output), true);
    }

    /** Its page without JSON is what it says to a key that it does not take. */
    @Override
    public boolean isOfKey(int status, String body) {
        return status == 401 && body.contains("<title>401 Authorization Required</title>");
    }

    private static Finish finish(String reason) {
        return switch (reason) {
            case "completed" -> Finish.COMPLETE;
            case "failed", "queued", "in_progress", "cancelled", "requires_action", "" -> throw new NoAnswer();
            default -> Finish.of(reason);
        };
    }

    private static @Nullable Amount used(JsonNode body) {
        JsonNode usage = body.path("usage");
        JsonNode details = usage.path("input_tokens_details");
        int cached = Math.max(Reply.count(details.path("cached_tokens")), Reply.count(details.path("cache_read_input_tokens")));
        Amount used = Reply.amount(searches(body, usage.path("tool_calls_details")), Reply.count(usage.path("input_tokens")), cached,
                usage.path("output_tokens"), Reply.count(usage.path("output_tokens_details").path("reasoning_tokens")), usage.path("total_tokens"));
        return used == null ? null : used.costing(cost(usage));
    }

    /** What it says itself that the answer costs, rounded up; 0 if it says nothing that can be one. */
    private static long cost(JsonNode usage) {
        JsonNode total = usage.path("cost").path("total_cost");
        String currency = Reply.text(usage.path("cost").path("currency"));
        return total.isNumber() && total.asDouble() > 0 && total.asDouble() <= MAX_USD && (currency.isEmpty() || currency.equals("USD"))
                ? total.decimalValue().movePointRight(6).setScale(0, RoundingMode.CEILING).longValueExact() : 0;
    }

    /** Pages that it fetches are no searches. */
    private static int searches(JsonNode body, JsonNode calls) {
        int counted = (int) Math.min(Integer.MAX_VALUE, calls.propertyStream().filter(call -> !call.getKey().startsWith("fetch"))
                .mapToLong(call -> Reply.count(call.getValue().path("invocation"))).sum());
        return counted > 0 ? counted
                : (int) body.path("output").valueStream().filter(item -> "search_results".equals(Reply.text(item.path("type")))).count();
    }
}
