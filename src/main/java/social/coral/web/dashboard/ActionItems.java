package social.coral.web.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import social.coral.agents.AgentCard;
import social.coral.agents.AgentRun;
import social.coral.agents.RunStatus;
import social.coral.api.Page;
import social.coral.api.Quote;
import social.coral.content.AccountState;
import social.coral.content.XAccount;
import social.coral.usage.LimitWarnings;
import social.coral.usage.PlanLimits;
import social.coral.usage.Standing;
import social.coral.vault.ApiKey;
import social.coral.vault.KeyChecks;
import social.coral.vault.ServiceName;
import social.coral.web.accounts.AccountWords;
import social.coral.web.agents.Collecting;
import social.coral.web.agents.Missing;
import social.coral.web.frame.Address;
import social.coral.web.frame.Times;
import social.coral.web.frame.Visitor;
import social.coral.web.keys.KeyGroup;
import social.coral.web.keys.KeyRow;
import social.coral.web.runs.RunWords;
import social.coral.web.usage.PausedByPlan;
import social.coral.web.usage.UsageWords;

/** Finds what needs the person, the most serious first. */
@Component
class ActionItems {

    private static final String USAGE = "/settings/usage";
    private static final Page SOME = new Page(5, 0);

    private final Visitor visitor;
    private final KeyChecks checks;
    private final Reviews reviews;
    private final LimitWarnings warnings;
    private final PlanLimits plan;

    ActionItems(Visitor visitor, KeyChecks checks, Reviews reviews, LimitWarnings warnings, PlanLimits plan) {
        this.visitor = visitor;
        this.checks = checks;
        this.reviews = reviews;
        this.warnings = warnings;
        this.plan = plan;
    }

    /** @param collecting what it lacks is shown, with its remedy, beside these items and not among them */
    List<ActionItem> all(List<AgentCard> cards, Collecting collecting, List<XAccount> accounts, Standing standing) {
        List<ActionItem> byKey = Stream.of(brokenKeys(collecting), uncheckedKeys(cards)).flatMap(List::stream).toList();
        // What collecting waits for is shown beside these items.
        List<AgentCard> others = cards.stream().filter(card -> collecting.waitsFor() == null || !card.name().equals(collecting.agent().name())).toList();
        List<ActionItem> runs = runs(others, accounts, !byKey.isEmpty() || !collecting.missing().isEmpty());
        // A passing fault is listed with its run, not with each account.
        List<XAccount> troubled = accounts.stream()
                .filter(AccountWords::needsLook)
                .filter(account -> runs.isEmpty() || account.state() != AccountState.FAILING)
                .toList();
        return Stream.of(byKey, budget(standing, cards), runs, troubled(troubled), reviews.items(), reviews.sentBack(cards)).flatMap(List::stream).toList();
    }

    private List<ActionItem> brokenKeys(Collecting collecting) {
        return KeyGroup.broken(visitor.keys()).stream()
                .filter(key -> collecting.agent().broken(key.serviceName()).isEmpty())
                .map(key -> {
                    Missing broken = Missing.of(key);
                    return new ActionItem("Key", broken.tone(), broken.title(), broken.detail(), key.stateSince(), broken.verb(), broken.page());
                })
                .toList();
    }

    /** What the plan has no room for, and each limit that half of is spent, until the person has seen it. */
    private List<ActionItem> budget(Standing standing, List<AgentCard> cards) {
        List<ActionItem> items = new ArrayList<>();
        Map<String, String> titles = cards.stream().collect(Collectors.toMap(AgentCard::name, AgentCard::title));
        PausedByPlan.all(plan.current(), titles).forEach(pausedByPlan ->
                items.add(new ActionItem("Plan", "warn", pausedByPlan.title(), pausedByPlan.detail(), null, "View", pausedByPlan.page())));
        warnings.unseen(standing).forEach(limit -> items.add(new ActionItem(
                "Budget", limit.leftMicroUsd() == 0 ? "bad" : "warn", UsageWords.spent(limit) + " of " + UsageWords.limit(limit, titles) + " is spent",
                UsageWords.standing(limit) + ". It starts again on " + Times.day(limit.renews()) + ".", null, "View", USAGE)
                .dismissedAt(Address.of(USAGE + "/warnings").with("limit", limit.name()).with("agent", limit.agent()).with("percent", limit.warning()).toString())));
        return items;
    }

    /** The keys that agents will use unchecked although their services can be asked. */
    private List<ActionItem> uncheckedKeys(List<AgentCard> cards) {
        Set<ServiceName> needed = cards.stream().filter(ActionItems::hasWork).flatMap(card -> Stream.concat(card.needs().stream(), card.optional().stream())).collect(Collectors.toSet());
        return visitor.keys().stream()
                .filter(key -> key.state() == ApiKey.State.UNCHECKED && key.pausedUntil() == null && needed.contains(key.serviceName()) && checks.supports(key.serviceName()))
                .collect(Collectors.toMap(key -> key.serviceName().group(), key -> key, (one, other) -> one, LinkedHashMap::new)).values().stream()
                .map(key -> new ActionItem("Key", "warn",
                        "The " + KeyRow.titleInText(key) + (key.stateDetail() == null ? " has not been checked yet" : " could not be checked"), Quote.removed(key.stateDetail()),
                        key.stateSince(),
                        "Test it", "/settings/keys"))
                .toList();
    }

    /** Reports whether the agent has something to do or a schedule. */
    private static boolean hasWork(AgentCard card) {
        return card.unmet() == null || card.schedule().enabled();
    }

    /** Only an agent's newest run counts: a success makes up for earlier failures. */
    private static List<ActionItem> runs(List<AgentCard> cards, List<XAccount> accounts, boolean keysAreBroken) {
        List<ActionItem> needs = new ArrayList<>();
        for (AgentCard agent : cards) {
            AgentRun last = agent.lastRun();
            // Where its key does not work, the key is listed, not the run.
            if (last == null || keysAreBroken && RunWords.isByKey(last)) {
                continue;
            }
            String address = "/runs/" + last.id();
            if (last.status() == RunStatus.FAILED && (!"nothing_succeeded".equals(last.errorCode()) || retryMayHelp(last, accounts))) {
                needs.add(new ActionItem("Failed", "bad", agent.title() + " failed", RunWords.outcome(last), last.finishedAt(), "View", address));
            } else if (last.status() == RunStatus.WAITING) {
                needs.add(new ActionItem("Waiting", "warn", agent.title() + " is waiting", RunWords.outcome(last), last.startedAt(), "View", address));
            } else if (last.endedInPart() && retryMayHelp(last, accounts)) {
                needs.add(new ActionItem("Partly completed", "warn", agent.title() + " did not collect everything", last.progress().message(), last.finishedAt(),
                        "Try again", address));
            }
        }
        return needs;
    }

    /** Not when every account that failed was collected from since, is paused or gone, or is listed itself: trying again would change nothing. */
    private static boolean retryMayHelp(AgentRun run, List<XAccount> accounts) {
        Set<String> unread = accounts.stream()
                .filter(account -> account.isActive() && account.state() != AccountState.NOT_FOUND && account.state() != AccountState.REFUSED)
                .filter(account -> account.lastCollectedAt() == null || run.finishedAt() == null || account.lastCollectedAt().isBefore(run.finishedAt()))
                .map(account -> "@" + account.username())
                .collect(Collectors.toSet());
        return run.failedSteps().stream().map(AgentRun.RunStep::name).anyMatch(step -> !step.startsWith("@") || unread.contains(step));
    }

    private static List<ActionItem> troubled(List<XAccount> troubled) {
        if (troubled.size() > SOME.limit()) {
            return List.of(new ActionItem("Accounts", "warn", troubled.size() + " accounts could not be read", null, null, "View",
                    Address.of("/accounts").with("only", "trouble").toString()));
        }
        return troubled.stream()
                .map(account -> new ActionItem(AccountWords.of(account).word(), AccountWords.of(account).tone(), "@" + account.username() + " could not be read",
                        AccountWords.of(account).meaning(), account.stateSince(), "View",
                        Address.of("/accounts").with("q", account.username()).toString()))
                .toList();
    }
}
