package social.coral.web.accounts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.content.Username;
import social.coral.content.XAccounts;
import social.coral.web.accounts.HandleResult.Outcome;

/** Adds handles as people type or paste them, with a result for each. */
@Component
public class AccountIntake {

    private final XAccounts accounts;

    AccountIntake(XAccounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Adds every handle in the text, but none of a line with something that is not a handle: the line may mean something else.
     *
     * @param priority for those that are new; the usual one when null
     * @throws Failure for {@code handles} when there is none, or too many
     */
    public List<HandleResult> add(String typed, @Nullable Integer priority) {
        List<HandleResult> results = new ArrayList<>();
        Set<String> told = new HashSet<>();
        HandleList.read(typed).forEach(line -> results.addAll(addLine(line, priority, told)));
        return results;
    }

    /** Returns what was typed together with the handles that were ticked. */
    public static String all(String typed, @Nullable List<String> chosen) {
        return (typed + "\n" + String.join("\n", chosen == null ? List.of() : chosen)).strip();
    }

    /** Returns what was not added, to be corrected; a line in doubt as a whole. */
    public static String refused(List<HandleResult> results) {
        return results.stream().filter(HandleResult::isRefused).map(HandleResult::again).distinct().collect(Collectors.joining("\n"));
    }

    private List<HandleResult> addLine(HandleList.Line line, @Nullable Integer priority, Set<String> told) {
        Map<String, String> wrong = new LinkedHashMap<>();
        line.handles().forEach(handle -> whyNot(handle).ifPresent(reason -> wrong.put(handle, reason)));
        if (wrong.isEmpty()) {
            return line.handles().stream().map(handle -> addOne(handle, priority, told)).toList();
        }
        String beside = "Not added, because “" + wrong.keySet().iterator().next() + "” on the same line is not a handle.";
        return line.handles().stream()
                .map(handle -> new HandleResult(handle, Outcome.REFUSED, wrong.getOrDefault(handle, beside), line.typed()))
                .toList();
    }

    private static Optional<String> whyNot(String handle) {
        if (HandleList.isOtherPage(handle)) {
            return Optional.of("This is an address on X, but not that of a profile.");
        }
        try {
            Username.of("handles", handle);
            return Optional.empty();
        } catch (Failure failure) {
            return Optional.of(handle.equals("@") ? "A handle is missing after @." : failure.errors().getFirst().message());
        }
    }

    /** Reports a full list once, not for each handle. */
    private HandleResult addOne(String handle, @Nullable Integer priority, Set<String> told) {
        try {
            accounts.add(Username.of("handles", handle), priority);
            return new HandleResult(handle, Outcome.ADDED, "", handle);
        } catch (Failure failure) {
            if (failure.code().equals("already_added")) {
                return new HandleResult(handle, Outcome.ALREADY_ADDED, "", handle);
            }
            boolean again = failure.code().equals("limit") && !told.add(failure.sentence());
            return new HandleResult(handle, Outcome.REFUSED, again ? "" : failure.sentence(), handle);
        }
    }
}
