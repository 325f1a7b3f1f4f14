package social.coral.web.accounts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.content.Username;
import social.coral.content.XAccounts;
import social.coral.web.accounts.HandleResult.Outcome;

/** Takes handles as people type or paste them, and says of each what became of it. */
@Component
public class AccountIntake {

    private final XAccounts accounts;

    AccountIntake(XAccounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Adds every handle in the text, but none of a line in which something is no handle: whoever typed it meant something else.
     *
     * @param priority for those that are new; the usual one when null
     * @throws Failure for {@code handles} when there is none, or too many
     */
    public List<HandleResult> add(String typed, @Nullable Integer priority) {
        return HandleList.read(typed).stream().flatMap(line -> addLine(line, priority).stream()).toList();
    }

    /** What was not added, to be typed again: of a line in doubt all of it. */
    public static String refused(List<HandleResult> results) {
        return results.stream().filter(HandleResult::isRefused).map(HandleResult::again).distinct().collect(Collectors.joining("\n"));
    }

    private List<HandleResult> addLine(HandleList.Line line, @Nullable Integer priority) {
        Map<String, String> wrong = new LinkedHashMap<>();
        line.handles().forEach(handle -> whyNot(handle).ifPresent(reason -> wrong.put(handle, reason)));
        if (wrong.isEmpty()) {
            return line.handles().stream().map(handle -> addOne(handle, priority)).toList();
        }
        String beside = "Not added, because “" + wrong.keySet().iterator().next() + "” stands on the same line.";
        return line.handles().stream()
                .map(handle -> new HandleResult(handle, Outcome.REFUSED, wrong.getOrDefault(handle, beside), line.typed()))
                .toList();
    }

    private static Optional<String> whyNot(String handle) {
        try {
            Username.of("handles", handle);
            return Optional.empty();
        } catch (Failure failure) {
            return Optional.of("It " + failure.errors().getFirst().message() + ".");
        }
    }

    private HandleResult addOne(String handle, @Nullable Integer priority) {
        try {
            accounts.add(Username.of("handles", handle), priority);
            return new HandleResult(handle, Outcome.ADDED, "", handle);
        } catch (Failure failure) {
            return failure.code().equals("already_added")
                    ? new HandleResult(handle, Outcome.THERE_ALREADY, "", handle)
                    : new HandleResult(handle, Outcome.REFUSED, failure.sentence() + ".", handle);
        }
    }
}
