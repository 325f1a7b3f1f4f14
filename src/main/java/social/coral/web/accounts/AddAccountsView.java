package social.coral.web.accounts;

import java.util.List;
import social.coral.web.frame.Form;

/** The form for adding accounts, with what became of those that were sent before. */
public record AddAccountsView(Form form, List<HandleResult> results) {

    static AddAccountsView fresh(String handles) {
        return new AddAccountsView(Form.empty().with("handles", handles).with("priority", "50"), List.of());
    }
}
