package social.coral.web.agents;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.agents.AgentCard;
import social.coral.agents.Prerequisite;
import social.coral.api.Quote;
import social.coral.usage.BudgetFailure;
import social.coral.vault.ApiKey;
import social.coral.vault.ServiceName;
import social.coral.web.keys.KeyGroup;
import social.coral.web.keys.KeyRow;

/**
 * Something without which an agent cannot work, in the same words on every page.
 *
 * @param word for a badge
 * @param title what is missing or does not work
 * @param detail a sentence on it
 * @param verb what a person can do about it, for a button
 * @param page where that is done
 */
public record Missing(String word, String tone, String title, @Nullable String detail, String verb, String page) {

    /** Returns everything that this agent lacks; nothing when it can work. */
    public static List<Missing> of(AgentCard agent) {
        List<Missing> all = new ArrayList<>();
        agent.needs().stream().filter(service -> agent.missing().contains(service) && agent.broken(service).isEmpty())
                .collect(Collectors.groupingBy(ServiceName::group, LinkedHashMap::new, Collectors.toList())).values().stream()
                .map(Missing::keys).forEach(all::add);
        KeyGroup.broken(agent.broken()).stream().map(Missing::of).forEach(all::add);
        Prerequisite unmet = agent.unmet();
        if (unmet != null) {
            all.add(new Missing("Nothing to do", "info", unmet.title(), unmet.remedy(), unmet.verb(), unmet.page()));
        }
        if (agent.stopped() != null) {
            String detail = BudgetFailure.isOfTheOperator(agent.stopped()) ? "Your administrator has stopped it." : "No agent that calls a service works until you allow it again.";
            all.add(new Missing("Stopped", "warn", "All spending is stopped", detail, "View usage", "/settings/usage"));
        }
        return all;
    }

    /** Some or all of the keys that work only together; most work alone. */
    private static Missing keys(List<ServiceName> group) {
        ServiceName service = group.getFirst();
        if (service.group().size() > 1) {
            return new Missing("Needs keys", "warn", service.groupTitle() + " are missing",
                    ServiceName.missing(group) + " You find them at developer.x.com › your app › Keys and tokens.", "Enter the keys", "/settings/keys/" + service);
        }
        String detail = service != ServiceName.TWITTER_BEARER ? "Enter one from " + service.whereToFind() + "."
                : "To collect posts, use the sandbox, a made-up network on this machine that costs nothing, or enter your own:"
                        + " " + service.whereToFind() + ".";
        return new Missing("Needs a key", "warn", service.title() + " is missing", detail, "Enter the key", "/settings/keys/" + service);
    }

    /** A key that is known not to work. */
    public static Missing of(ApiKey broken) {
        return new Missing("Key " + KeyRow.word(broken).toLowerCase(Locale.ROOT), "bad",
                broken.sandbox() ? "The sandbox’s key stopped working" : "The " + broken.serviceName().groupTitle() + " stopped working",
                Quote.removed(broken.stateDetail()),
                broken.sandbox() ? "Use the sandbox" : "Enter it again",
                broken.sandbox() ? "/settings/keys" : "/settings/keys/" + broken.serviceName());
    }

    /** Reports whether the page can be shown in the dialog. */
    public boolean opensInDialog() {
        return page.startsWith("/settings/keys/") || page.equals("/accounts/add");
    }
}
