package social.coral.models;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import social.coral.installation.StartFault;
import social.coral.vault.ServiceName;

/**
 * The addresses of the model services, or of compatible servers, and the models of agents that choose none.
 *
 * @param openaiUrl OPENAI_BASE_URL, with the version in its path, as for OpenAI's own clients
 * @param anthropicUrl ANTHROPIC_BASE_URL, without the version
 * @param perplexityUrl PERPLEXITY_BASE_URL, without the version
 */
@ConfigurationProperties("coral.models")
record ModelSettings(
        @DefaultValue("https://api.openai.com/v1") String openaiUrl,
        @DefaultValue("https://api.anthropic.com") String anthropicUrl,
        @DefaultValue("https://api.perplexity.ai") String perplexityUrl,
        @DefaultValue("gpt-6.2-sol") String openaiModel,
        @DefaultValue("claude-sonnet-5-5") String anthropicModel,
        @DefaultValue("perplexity/sonar") String perplexityModel) {

    ModelSettings {
        check("OPENAI_BASE_URL", openaiUrl);
        check("ANTHROPIC_BASE_URL", anthropicUrl);
        check("PERPLEXITY_BASE_URL", perplexityUrl);
        checkModel("OPENAI_MODEL", openaiModel);
        checkModel("ANTHROPIC_MODEL", anthropicModel);
        checkModel("PERPLEXITY_MODEL", perplexityModel);
    }

    Provider openAi() {
        return new OpenAiChat(URI.create(withoutSlash(openaiUrl)), openaiModel);
    }

    Provider anthropic() {
        return new AnthropicMessages(URI.create(withoutVersion(anthropicUrl)), anthropicModel);
    }

    Provider perplexity() {
        return new PerplexityAgent(URI.create(withoutVersion(perplexityUrl)), perplexityModel);
    }

    /** Returns them in the order in which an agent without a choice takes the first that the tenant has a key for. */
    List<Provider> providers() {
        return List.of(openAi(), anthropic(), perplexity());
    }

    Provider of(ServiceName key) {
        return providers().stream().filter(provider -> provider.key() == key).findFirst().orElseThrow();
    }

    private static void check(String variable, String url) {
        if (!url.strip().matches("(?i)https?://[^/?#@\\s]+(/[^?#\\s]*)?")) {
            throw new StartFault(variable + " is not an http or https address. Write it like " + variable + "=https://api.example.com.");
        }
    }

    private static void checkModel(String variable, String model) {
        if (!ModelParameters.isModel(model)) {
            throw new StartFault(variable + " is not the name of a model. Write it like " + variable + "=gpt-6.2-sol.");
        }
    }

    private static String withoutSlash(String url) {
        return url.strip().replaceAll("/+$", "");
    }

    private static String withoutVersion(String url) {
        return withoutSlash(url).replaceAll("/v1$", "");
    }
}
