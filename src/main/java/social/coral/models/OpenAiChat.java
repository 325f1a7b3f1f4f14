package social.coral.models;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.models.Reply.Finish;
import social.coral.usage.Amount;
import social.coral.vault.ServiceName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's chat completions, which Ollama, llama.cpp, vLLM and many others speak as well. */
record OpenAiChat(URI base, String defaultModel) implements Provider {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String LIMIT = "max_completion_tokens";
    /** Older models of OpenAI take only this one, and servers of one's own may ignore the other without a word. */
    private static final String OLD_LIMIT = "max_tokens";
    /** Its list names models for other things as well, and does not say which are which. */
    private static final Pattern NOT_FOR_TEXT = Pattern.compile(
            "(?i)embed|whisper|tts|transcribe|dall-e|image|audio|realtime|moderation|sora|babbage|davinci"
                    // These answer in words, and only at another address of OpenAI's.
                    + "|^gpt-3\\.5-turbo-instruct|^gpt-[0-9.]+(?:-[a-z]+)*-codex|^codex-|^o[0-9]+-pro|^o[0-9]+(?:-mini)?-deep-research|^gpt-5[0-9.]*-pro|^computer-use");
    private static final String THOUGHT = "<think>";
    private static final String THOUGHT_END = "</think>";

    @Override
    public ServiceName key() {
        return ServiceName.OPENAI;
    }

    @Override
    public String title() {
        return "OpenAI";
    }

    @Override
    public String variable() {
        return "OPENAI_BASE_URL";
    }

    @Override
    public String path() {
        return "/chat/completions";
    }

    @Override
    public String modelsPath() {
        return "/models";
    }

    @Override
    public boolean isForText(String model) {
        return !NOT_FOR_TEXT.matcher(model).find();
    }

    @Override
    public Map<String, String> headers(String secret) {
        return Map.of("Authorization", "Bearer " + secret);
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public List<String> limits() {
        return "api.openai.com".equalsIgnoreCase(base.getHost()) ? List.of(LIMIT, OLD_LIMIT) : List.of(OLD_LIMIT, LIMIT);
    }

    @Override
    public Set<String> optional() {
        return Set.of(LIMIT, OLD_LIMIT, "temperature", "response_format", "stream_options");
    }

    @Override
    public ObjectNode body(Prompt prompt, String model) {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        body.putArray("messages")
                .add(JSON.createObjectNode().put("role", "system").put("content", prompt.system()))
                .add(JSON.createObjectNode().put("role", "user").put("content", prompt.user()));
        if (prompt.parameters().temperature() != null) {
            body.put("temperature", prompt.parameters().temperature());
        }
        if (prompt.schema() != null) {
            body.set("response_format", responseFormat(prompt.schema()));
        }
        return body;
    }

    static ObjectNode responseFormat(JsonSchema schema) {
        ObjectNode format = JSON.createObjectNode().put("type", "json_schema");
        format.putObject("json_schema").put("name", schema.name()).put("strict", true).set("schema", schema.node());
        return format;
    }

    /** Without the option it counts nothing. */
    @Override
    public void stream(ObjectNode body) {
        body.put("stream", true).putObject("stream_options").put("include_usage", true);
    }

    @Override
    public Pieces pieces() {
        return new ChatPieces(0);
    }

    @Override
    public Reply read(JsonNode body) {
        JsonNode choice = body.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            throw new NoAnswer();
        }
        String reason = Reply.text(choice.path("finish_reason"));
        boolean refused = !Reply.text(message.path("refusal")).isBlank();
        return new Reply(withoutThought(content(message.path("content"))), refused ? Finish.REFUSED : Finish.of(reason), reason,
                Reply.text(body.path("model")), used(body.path("usage")), List.of(), false);
    }

    /** A text, or parts of one. */
    static String content(JsonNode content) {
        return content.isArray()
                ? content.valueStream().filter(part -> "text".equals(Reply.text(part.path("type")))).map(part -> Reply.text(part.path("text"))).collect(Collectors.joining())
                : Reply.text(content);
    }

    /** Models on servers that do not part it from the answer write first what they think; where the prompt opens it, only its end is marked. */
    private static String withoutThought(String text) {
        int end = text.indexOf(THOUGHT_END);
        if (text.stripLeading().startsWith(THOUGHT)) {
            return end < 0 ? "" : text.substring(end + THOUGHT_END.length());
        }
        int start = text.indexOf(THOUGHT);
        return end >= 0 && (start < 0 || start > end) ? text.substring(end + THOUGHT_END.length()) : text;
    }

    static @Nullable Amount used(JsonNode usage) {
        int reasoning = Math.max(Reply.count(usage.path("completion_tokens_details").path("reasoning_tokens")), Reply.count(usage.path("reasoning_tokens")));
        return Reply.amount(0, Reply.count(usage.path("prompt_tokens")), Reply.count(usage.path("prompt_tokens_details").path("cached_tokens")),
                usage.path("completion_tokens"), reasoning, usage.path("total_tokens"));
    }
}
