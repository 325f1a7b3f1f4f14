package social.coral.models;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import social.coral.usage.Amount;
import social.coral.vault.ServiceName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The HTTP interface of one provider: what is sent, and how the answer is read. */
sealed interface Provider permits OpenAiChat, AnthropicMessages, PerplexityAgent {

    ServiceName key();

    /** Its name for people. */
    String title();

    /** The variable that holds its address, for sentences about it. */
    String variable();

    URI base();

    /** The path below the address that answers prompts. */
    String path();

    /** The path below the address that lists the models. */
    String modelsPath();

    String defaultModel();

    /** The highest temperature that it takes of any model. */
    default double maxTemperature() {
        return ModelParameters.MAX_TEMPERATURE;
    }

    /** Reports whether a model of its list may be one that answers in words. */
    default boolean isForText(String model) {
        return true;
    }

    Map<String, String> headers(String secret);

    /** Returns a request to a path below the address, with the key. */
    default HttpRequest.Builder request(String path, String secret) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path));
        headers(secret).forEach(request::header);
        return request;
    }

    /** What it charges for beside tokens; empty for nothing. */
    String unit();

    /** The names of the field that limits the length of an answer, in the order in which they are tried. */
    List<String> limits();

    /** The fields that may be left out of a body when a model does not take them. */
    Set<String> optional();

    /** Returns the body of a call, without a limit on the answer's length. */
    ObjectNode body(Prompt prompt, String model);

    /** Asks for the answer as it is written. */
    default void stream(ObjectNode body) {
        body.put("stream", true);
    }

    /** Puts such an answer together. */
    Pieces pieces();

    /** Returns the most that a call can use. A token takes at least one byte, so a body has no more tokens than bytes. */
    default Amount most(int bytes, int outputTokens) {
        return new Amount(0, bytes, 0, outputTokens, 0);
    }

    Reply read(JsonNode body);

    /** Reports whether a body that is not JSON is the provider's own word that it does not take the key. */
    default boolean isOfKey(int status, String body) {
        return false;
    }
}
