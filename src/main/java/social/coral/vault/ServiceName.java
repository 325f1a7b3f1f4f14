package social.coral.vault;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** The keys of an X app and of an account that sign requests together, by OAuth 1.0a. */
    private static final Set<ServiceName> OAUTH = Collections.unmodifiableSet(EnumSet.range(TWITTER_API_KEY, TWITTER_ACCESS_TOKEN_SECRET));

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

    /** Returns the keys that work only together with this one, itself included, in the order in which they are entered. */
    public Set<ServiceName> group() {
        return OAUTH.contains(this) ? OAUTH : Set.of(this);
    }

    /** Returns the name of the group for people, which is the key's own if it works alone. */
    public String groupTitle() {
        return OAUTH.contains(this) ? "X keys of your account" : title;
    }

    /** Names these keys in a sentence that says that they are missing. */
    public static String missing(Collection<ServiceName> services) {
        return services.stream().map(ServiceName::title).collect(Collectors.joining(", ", "Missing: ", "."));
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
