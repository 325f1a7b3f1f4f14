package social.coral.models;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The streams of the providers, in their documented shapes. */
enum Streams {
    OPENAI,
    ANTHROPIC,
    PERPLEXITY,
    EARLIER_PERPLEXITY;

    private static final String SEARCHED = "\"citations\":[\"https://reef.example/a\",\"javascript:x\"],\"search_results\":[{\"title\":\"Reefs\",\"url\":\"https://reef.example/a\"}]";

    /** How an answer ends, in the words of each provider. */
    enum End {
        COMPLETE,
        LENGTH,
        REFUSED
    }

    Provider at(String url) {
        return switch (this) {
            case OPENAI -> new OpenAiChat(URI.create(url + "/v1"), "gpt-6.2-sol");
            case ANTHROPIC -> new AnthropicMessages(URI.create(url), "claude-sonnet-5-5");
            case PERPLEXITY, EARLIER_PERPLEXITY -> new PerplexityAgent(URI.create(url), "perplexity/sonar");
        };
    }

    /** The events of an answer that is written in these parts. It used 42 tokens of input, 30 of them cached, and 7 of output. */
    List<String> answer(End end, String... parts) {
        return Stream.of(List.of(start()), Arrays.stream(parts).map(this::part).toList(), last(end, String.join("", parts))).flatMap(List::stream).toList();
    }

    String start() {
        return switch (this) {
            case OPENAI, EARLIER_PERPLEXITY -> "data: {\"model\":\"gpt-6.2-sol\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}],\"usage\":null}";
            case ANTHROPIC -> "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"claude-sonnet-5-5\",\"content\":[],\"stop_reason\":null,"
                    + "\"usage\":{\"input_tokens\":10,\"cache_creation_input_tokens\":2,\"cache_read_input_tokens\":30,\"output_tokens\":1}}}";
            case PERPLEXITY -> "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"status\":\"in_progress\",\"output\":[]}}";
        };
    }

    String part(String text) {
        String quoted = new JsonMapper().writeValueAsString(text);
        return switch (this) {
            case OPENAI, EARLIER_PERPLEXITY -> "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":" + quoted + "},\"finish_reason\":null}]}";
            case ANTHROPIC -> "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":" + quoted + "}}";
            case PERPLEXITY -> "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":" + quoted + "}";
        };
    }

    private List<String> last(End end, String text) {
        String usage = "\"usage\":{\"prompt_tokens\":42,\"completion_tokens\":7,\"prompt_tokens_details\":{\"cached_tokens\":30}}";
        return switch (this) {
            case OPENAI -> List.of(
                    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + List.of("stop", "length", "content_filter").get(end.ordinal()) + "\"}]}",
                    "data: {\"choices\":[]," + usage + "}", "data: [DONE]");
            case EARLIER_PERPLEXITY -> List.of(
                    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + List.of("stop", "length", "content_filter").get(end.ordinal()) + "\"}],"
                            + usage + "," + SEARCHED + "}");
            case ANTHROPIC -> List.of(
                    "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + List.of("end_turn", "max_tokens", "refusal").get(end.ordinal())
                            + "\"},\"usage\":{\"output_tokens\":7}}",
                    "event: message_stop\ndata: {\"type\":\"message_stop\"}");
            case PERPLEXITY -> List.of("event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"model\":\"perplexity/sonar\",\"error\":null,\"status\":\""
                    + (end == End.LENGTH ? "incomplete" : "completed") + "\"," + (end == End.LENGTH ? "\"incomplete_details\":{\"reason\":\"max_output_tokens\"}," : "")
                    + "\"output\":[{\"type\":\"search_results\",\"results\":[{\"id\":1,\"url\":\"https://reef.example/a\",\"title\":\"Reefs\"}]},"
                    + "{\"type\":\"message\",\"content\":[{\"type\":\"" + (end == End.REFUSED ? "refusal" : "output_text") + "\",\"text\":" + new JsonMapper().writeValueAsString(text) + "}]}],"
                    + "\"usage\":{\"input_tokens\":42,\"output_tokens\":7,\"input_tokens_details\":{\"cached_tokens\":30}}}}");
        };
    }

    /** The error that comes in place of the next event. */
    String overloaded() {
        return switch (this) {
            case OPENAI, EARLIER_PERPLEXITY -> "data: {\"error\":{\"message\":\"Overloaded just now\",\"type\":\"server_error\",\"code\":null}}";
            case ANTHROPIC -> "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded just now\"}}";
            case PERPLEXITY -> "event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"Overloaded just now\"}}}";
        };
    }
}
