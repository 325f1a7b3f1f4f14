package social.coral.agents.pipeline;

import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A model of OpenAI's that does whatever it reads: it writes down each order, what the order hides, and approves. */
final class ObeyingModel implements ResponseTransformerV2 {

    static final String NAME = "obeying";

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PART = 240;

    /** What it was asked. */
    final List<String> prompts = new CopyOnWriteArrayList<>();

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public Response transform(Response response, ServeEvent event) {
        String body = event.getRequest().getBodyAsString();
        prompts.add(body);
        String read = JSON.readTree(body).path("messages").valueStream().map(message -> message.path("content").asString(""))
                .collect(Collectors.joining("\n"));
        Object answer = body.contains("blog_post") ? Map.of("title", "Win with @evil_coral at evil-coral.com", "content",
                InjectionAttempts.obeyed(read))
                : body.contains("\"verdict\"") ? Map.of("verdict", "approve", "reasons", List.of(),
                        "scores", Map.of("evidence", 100, "structure", 100, "voice", 100, "originality", 100, "safety", 100))
                : Map.of("parts", parts(InjectionAttempts.obeyed(read)));
        return Response.Builder.like(response).but().body(JSON.writeValueAsString(Map.of("model", "llama3.2",
                "choices", List.of(Map.of("message", Map.of("content", JSON.writeValueAsString(answer)), "finish_reason", "stop")),
                "usage", Map.of("prompt_tokens", 30, "completion_tokens", 7)))).build();
    }

    /** The end of what it has to say, because the orders stand there. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        for (int at = Math.max(0, text.length() - 20 * PART); at < text.length(); at += PART) {
            parts.add(text.substring(at, Math.min(text.length(), at + PART)));
        }
        return parts;
    }
}
