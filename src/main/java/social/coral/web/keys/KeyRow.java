package social.coral.web.keys;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.vault.ApiKey;
import social.coral.vault.ServiceName;

/**
 * One service and its key, for a page.
 *
 * @param key what is stored; null when nothing is
 * @param checkable whether the service can be asked, at no cost, if it accepts the key
 */
public record KeyRow(ServiceName service, @Nullable ApiKey key, boolean checkable) {

    /** All services, those of X first. */
    public static List<KeyRow> all(List<ApiKey> keys, Predicate<ServiceName> checkable) {
        Map<ServiceName, ApiKey> stored = keys.stream().collect(Collectors.toMap(ApiKey::serviceName, Function.identity()));
        return List.of(ServiceName.TWITTER_BEARER, ServiceName.TWITTER_API_KEY, ServiceName.TWITTER_API_SECRET,
                        ServiceName.TWITTER_ACCESS_TOKEN, ServiceName.TWITTER_ACCESS_TOKEN_SECRET, ServiceName.OPENAI,
                        ServiceName.ANTHROPIC, ServiceName.PERPLEXITY)
                .stream()
                .map(service -> new KeyRow(service, stored.get(service), checkable.test(service)))
                .toList();
    }

    /** Returns what a person calls the key. */
    public String title() {
        return isOfSandbox() ? "Sandbox key" : service.title();
    }

    /** Returns the same inside a sentence. */
    public static String titleInText(ApiKey key) {
        return key.sandbox() ? "sandbox key" : key.serviceName().title();
    }

    /** What the key is for, so that nobody enters one without need. */
    public String purpose() {
        return isOfSandbox() ? "Collects posts of the made-up network and reads mentions there. Your own key for X (its bearer token) replaces it." : switch (service) {
            case TWITTER_BEARER -> "Reads public posts; needed for collecting.";
            case TWITTER_API_KEY -> "For reading your mentions and publishing in your name: names your app.";
            case TWITTER_API_SECRET -> "For reading your mentions and publishing in your name: signs for your app.";
            case TWITTER_ACCESS_TOKEN -> "For reading your mentions and publishing in your name: names your account.";
            case TWITTER_ACCESS_TOKEN_SECRET -> "For reading your mentions and publishing in your name: signs for that account.";
            case OPENAI, ANTHROPIC -> "For drafts in words of their own. Without it agents quote what was collected.";
            case PERPLEXITY -> "For research on the web. Without it agents look in what was collected.";
        };
    }

    public String word() {
        return key == null ? "Not entered" : word(key);
    }

    public static String word(ApiKey key) {
        if (isPaused(key)) {
            return "Paused";
        }
        return switch (key.state()) {
            case VALID -> "Accepted";
            case REFUSED -> "Refused";
            case UNREADABLE -> "Cannot be opened";
            case UNCHECKED -> key.stateDetail() == null ? "Saved" : "Saved, not checked";
        };
    }

    /** Reports whether its calls pause although nothing is wrong with the key. */
    static boolean isPaused(ApiKey key) {
        return key.pausedUntil() != null && !key.isBroken();
    }

    public @Nullable String tone() {
        if (key == null) {
            return null;
        }
        if (isPaused(key)) {
            return "warn";
        }
        return switch (key.state()) {
            case VALID -> "good";
            case REFUSED, UNREADABLE -> "bad";
            case UNCHECKED -> key.stateDetail() == null ? "info" : "warn";
        };
    }

    /** A sentence about the present state; null when there is nothing to add. */
    public @Nullable String detail() {
        if (key == null) {
            return null;
        }
        if (isPaused(key)) {
            return key.pauseDetail();
        }
        if (key.stateDetail() != null) {
            return key.stateDetail();
        }
        return key.state() == ApiKey.State.UNCHECKED ? checkable ? "It has not been checked yet." : "It is checked when first used." : null;
    }

    public boolean isOfSandbox() {
        return key != null && key.sandbox();
    }

    /** Reports whether a new key of the sandbox would help: this one is broken, or the sandbox has paused its calls. */
    public boolean isOfSandboxAndFails() {
        return key != null && key.sandbox() && (key.isBroken() || isPaused(key));
    }

    /** Reports whether it is known not to work. */
    public boolean isBroken() {
        return key != null && key.isBroken();
    }

    /** When the service last accepted the key; null when it did not. */
    public @Nullable Instant acceptedAt() {
        return key != null && key.state() == ApiKey.State.VALID ? key.stateSince() : null;
    }
}
