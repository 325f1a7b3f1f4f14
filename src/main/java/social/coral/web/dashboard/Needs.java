package social.coral.web.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import social.coral.agents.AgentCard;
import social.coral.agents.AgentRun;
import social.coral.agents.Agents;
import social.coral.agents.RunStatus;
import social.coral.api.Page;
import social.coral.content.PostStatus;
import social.coral.content.Tweet;
import social.coral.content.Tweets;
import social.coral.content.XAccount;
import social.coral.content.XAccounts;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.web.accounts.AccountWords;
import social.coral.web.frame.Address;

/** Finds what needs the person: the gravest first. */
@Component
class Needs {

    private static final Page SOME = new Page(5, 0);

    private final ApiKeys keys;
    private final Agents agents;
    private final XAccounts accounts;
    private final Tweets tweets;

    Needs(ApiKeys keys, Agents agents, XAccounts accounts, Tweets tweets) {
        this.keys = keys;
        this.agents = agents;
        this.accounts = accounts;
        this.tweets = tweets;
    }

    List<Need> all() {
        return Stream.of(brokenKeys(), runs(), troubledAccounts(), reviews()).flatMap(List::stream).toList();
    }

    private List<Need> brokenKeys() {
        return keys.list().stream()
                .filter(key -> key.state() == ApiKey.State.REFUSED || key.state() == ApiKey.State.UNREADABLE)
                .map(key -> new Need("Key", "bad", "The " + key.serviceName().title() + " stopped working", key.stateDetail(),
                        key.stateSince(), "Enter it again", "/settings/keys/" + key.serviceName()))
                .toList();
    }

    /** An agent's newest run counts: a later one that went well has mended the earlier. */
    private List<Need> runs() {
        List<Need> needs = new ArrayList<>();
        for (AgentCard agent : agents.list()) {
            AgentRun last = agent.lastRun();
            if (last != null && last.status() == RunStatus.FAILED) {
                needs.add(new Need("Failed", "bad", agent.title() + " failed", last.error(), last.finishedAt(), "Look", "/runs/" + last.id()));
            } else if (last != null && last.status() == RunStatus.WAITING) {
                needs.add(new Need("Waiting", "warn", agent.title() + " waits", last.error(), last.startedAt(), "Look", "/runs/" + last.id()));
            }
        }
        return needs;
    }

    private List<Need> troubledAccounts() {
        List<XAccount> troubled = accounts.all().stream().filter(AccountWords::needsLook).toList();
        if (troubled.size() > SOME.limit()) {
            return List.of(new Need("Accounts", "warn", troubled.size() + " accounts could not be read", null, null, "Look",
                    Address.of("/accounts").with("only", "trouble").toString()));
        }
        return troubled.stream()
                .map(account -> new Need(AccountWords.of(account).word(), "warn", "@" + account.username() + " could not be read",
                        AccountWords.of(account).meaning(), account.stateSince(), "Look",
                        Address.of("/accounts").with("q", account.username()).toString()))
                .toList();
    }

    private List<Need> reviews() {
        List<Tweet> waiting = tweets.list(PostStatus.IN_REVIEW, "", SOME);
        return waiting.stream()
                .map(tweet -> new Need("Draft", "accent", "A draft waits for your approval", tweet.content(), tweet.updatedAt(), "Read it",
                        "/tweets/mine/" + tweet.id()))
                .toList();
    }
}
