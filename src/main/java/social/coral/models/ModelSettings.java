package social.coral.models;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the model services are, or servers that speak as they do.
 *
 * @param openaiUrl OPENAI_BASE_URL, with the version in its path, as OpenAI's own clients take it
 * @param anthropicUrl ANTHROPIC_BASE_URL, without the version
 */
@ConfigurationProperties("coral.models")
record ModelSettings(
        @DefaultValue("https://api.openai.com/v1") String openaiUrl, @DefaultValue("https://api.anthropic.com") String anthropicUrl) {}
