package social.coral.vault;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** A service that a tenant can store a key for. {@link #toString()} is its name in the API and the database. */
public enum ServiceName {
    OPENAI("OpenAI API key", "platform.openai.com › API keys"),
    ANTHROPIC("Anthropic API key", "console.anthropic.com › API keys"),
    PERPLEXITY("Perplexity API key", "perplexity.ai › Settings › API"),
    TWITTER_BEARER("X bearer token", "developer.x.com › your app › Keys and tokens › Bearer token"),
    TWITTER_API_KEY("X API key", "developer.x.com › your app › Keys and tokens › Consumer keys"),
    TWITTER_API_SECRET("X API secret", "developer.x.com › your app › Keys and tokens › Consumer keys"),
    TWITTER_ACCESS_TOKEN("X access token", "developer.x.com › your app › Keys and tokens › Authentication tokens"),
    TWITTER_ACCESS_TOKEN_SECRET("X access token secret", "developer.x.com › your app › Keys and tokens › Authentication tokens");

    private final String title;
    private final String whereToFind;

    ServiceName(String title, String whereToFind) {
        this.title = title;
        this.whereToFind = whereToFind;
    }

    /** Returns the service with this name in the API, if there is one. */
    public static Optional<ServiceName> named(String name) {
        return Arrays.stream(values()).filter(service -> service.toString().equals(name)).findFirst();
    }

    /** Returns the key's name for people. */
    public String title() {
        return title;
    }

    /** Describes where to find the key. */
    public String whereToFind() {
        return whereToFind;
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
