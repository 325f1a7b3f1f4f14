package social.coral.web.accounts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
     * Adds every handle in the text; one that cannot be added keeps none of the others out.
     *
     * @param priority for those that are new; the usual one when null
     * @throws Failure for {@code handles} when there is none, or too many
     */
    public List<HandleResult> add(String typed, @Nullable Integer priority) {
        List<HandleResult> results = new ArrayList<>();
        Set<Username> seen = new HashSet<>();
        Set<String> mentioned = new HashSet<>();
        for (HandleList.Entry entry : HandleList.read(typed)) {
            if (entry.isDoubtful()) {
                results.add(HandleResult.refused(entry.typed(), "These are several words. Enter a handle, such as @reefkeeper; put @ before each of several."));
                continue;
            }
            try {
                Username username = Username.of("handles", entry.typed());
                if (seen.add(username)) {
                    results.add(addOne(username, priority, mentioned));
                }
            } catch (Failure notRead) {
                results.add(HandleResult.refused(entry.typed(), notRead.sentence()));
            }
        }
        return results;
    }

    /** Returns what was typed together with the handles that were ticked. */
    public static String all(String typed, @Nullable List<String> chosen) {
        return (typed + "\n" + String.join("\n", chosen == null ? List.of() : chosen)).strip();
    }

    /** Returns what was not added, to be corrected. */
    public static String refused(List<HandleResult> results) {
        return results.stream().filter(HandleResult::isRefused).map(HandleResult::typed).collect(Collectors.joining("\n"));
    }

    /** Reports a full list once, not for each handle. */
    private HandleResult addOne(Username username, @Nullable Integer priority, Set<String> mentioned) {
        try {
            accounts.add(username, priority);
            return new HandleResult(username.toString(), Outcome.ADDED, "");
        } catch (Failure failure) {
            if (failure.code().equals("already_added")) {
                return new HandleResult(username.toString(), Outcome.ALREADY_ADDED, "");
            }
            boolean again = failure.code().equals("limit") && !mentioned.add(failure.sentence());
            return HandleResult.refused(username.toString(), again ? "" : failure.sentence());
        }
    }
}
