package social.coral.web.accounts;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import social.coral.content.XAccount;
import social.coral.content.XAccounts;
import social.coral.sandbox.Sandbox;
import social.coral.web.frame.Visitor;

/** Handles of the sandbox to begin with, offered wherever accounts are added while posts come from there. */
@Component
public class ExampleHandles {

    private final XAccounts accounts;
    private final Sandbox sandbox;
    private final Visitor visitor;

    ExampleHandles(XAccounts accounts, Sandbox sandbox, Visitor visitor) {
        this.accounts = accounts;
        this.sandbox = sandbox;
        this.visitor = visitor;
    }

    /** Returns those that are not among the accounts yet; none where posts do not come from the sandbox. */
    public List<String> offered() {
        if (!visitor.inSandbox()) {
            return List.of();
        }
        Set<String> added = accounts.all().stream().map(XAccount::username).collect(Collectors.toSet());
        return sandbox.exampleHandles().stream().filter(handle -> !added.contains(handle)).toList();
    }
}
