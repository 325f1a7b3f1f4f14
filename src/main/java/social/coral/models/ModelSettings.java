package social.coral.models;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The addresses of the model services, or of compatible servers.
 *
 * @param openaiUrl OPENAI_BASE_URL, with the version in its path, as for OpenAI's own clients
 * @param anthropicUrl ANTHROPIC_BASE_URL, without the version
 */
@ConfigurationProperties("coral.models")
record ModelSettings(
        @DefaultValue("https://api.openai.com/v1") String openaiUrl, @DefaultValue("https://api.anthropic.com") String anthropicUrl) {}
