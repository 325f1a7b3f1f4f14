package social.coral.web.accounts;

import java.util.List;
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
     * Adds every handle in the text.
     *
     * @param priority for those that are new; the usual one when null
     * @throws Failure for {@code handles} when there is none, or too many
     */
    public List<HandleResult> add(String typed, @Nullable Integer priority) {
        return HandleList.read(typed).stream().map(handle -> addOne(handle, priority)).toList();
    }

    /** The handles that were not added, to be typed again. */
    public static String refused(List<HandleResult> results) {
        return results.stream().filter(HandleResult::isRefused).map(HandleResult::typed).collect(Collectors.joining("\n"));
    }

    private HandleResult addOne(String handle, @Nullable Integer priority) {
        try {
            accounts.add(Username.of("handles", handle), priority);
            return new HandleResult(handle, Outcome.ADDED, "");
        } catch (Failure failure) {
            if (failure.code().equals("already_added")) {
                return new HandleResult(handle, Outcome.THERE_ALREADY, "");
            }
            String reason = failure.errors().isEmpty() ? failure.sentence() : "A handle " + failure.errors().getFirst().message();
            return new HandleResult(handle, Outcome.REFUSED, reason + ".");
        }
    }
}
