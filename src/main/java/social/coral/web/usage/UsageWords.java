package social.coral.web.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;
import social.coral.usage.LedgerCall;
import social.coral.usage.Limit;
import social.coral.usage.PlanLimits;
import social.coral.usage.Usage;
import social.coral.web.frame.Figures;

/** The words for services, calls and limits. */
public final class UsageWords {

    private UsageWords() {}

    public static String service(String service) {
        return switch (service) {
            case "x" -> "X";
            case "openai" -> "OpenAI";
            case "own_server" -> "Your own server";
            case "anthropic" -> "Anthropic";
            case "perplexity" -> "Perplexity";
            case "sandbox" -> "Sandbox";
            default -> service;
        };
    }

    /** Returns what a call used, such as "12 posts"; nothing where it used nothing. */
    public static String used(LedgerCall call) {
        List<String> used = new ArrayList<>();
        if (call.units() > 0) {
            used.add(switch (call.unit()) {
                case "user" -> Figures.count(call.units(), "account", "accounts");
                case "create" -> Figures.count(call.units(), "post written", "posts written");
                case "create_with_link" -> Figures.count(call.units(), "post with a link written", "posts with a link written");
                case String unit -> Figures.count(call.units(), unit.replace('_', ' '), unit.replace('_', ' ') + "s");
            });
        }
        if (call.inputTokens() + call.outputTokens() > 0) {
            used.add(Figures.count(call.inputTokens()) + " tokens in, " + Figures.count(call.outputTokens()) + " out");
        }
        return String.join(", ", used);
    }

    public static String outcome(String outcome) {
        return switch (outcome) {
            case "ok" -> "Answered";
            case "refused" -> "Refused";
            case "cut_short" -> "Cut short";
            default -> "Failed";
        };
    }

    public static @Nullable String tone(String outcome) {
        return switch (outcome) {
            case "ok" -> "good";
            case "refused", "cut_short" -> "warn";
            default -> "bad";
        };
    }

    public static String plan(String plan) {
        return StorableText.capitalized(plan);
    }

    /** Returns what a plan limits beside the month's cost, in sentences. */
    public static List<String> limits(PlanLimits.Current plan) {
        List<String> limits = new ArrayList<>();
        if (plan.accounts() != null) {
            limits.add("Up to " + Figures.count(plan.accounts(), "active account", "active accounts") + ".");
        }
        if (plan.agents() != null) {
            limits.add("Up to " + Figures.count(plan.agents(), "agent", "agents") + " with a schedule.");
        }
        if (plan.requestsPerMinute() != null) {
            limits.add("Up to " + Figures.count(plan.requestsPerMinute(), "request", "requests") + " a minute.");
        }
        if (!plan.models().isEmpty()) {
            limits.add("Agents can use these models: " + Figures.listed(plan.models().stream().map(UsageWords::model).toList()) + ".");
        }
        if (plan.retentionDays() != null) {
            limits.add("Collected posts, runs, log entries and calls are kept for " + Figures.count(plan.retentionDays(), "day", "days")
                    + ". What you write or import stays.");
        }
        return limits;
    }

    private static String model(String model) {
        int slash = model.indexOf('/');
        return slash < 0 ? "all of " + service(model) : model.substring(slash + 1) + " of " + service(model.substring(0, slash));
    }

    /** Returns what was read from a service: posts and accounts, or tokens. */
    public static String read(Usage.ByService service) {
        if (service.inputTokens() + service.outputTokens() > 0) {
            return Figures.count(service.inputTokens() + service.outputTokens(), "token", "tokens");
        }
        List<String> read = new ArrayList<>();
        if (service.posts() > 0) {
            read.add(Figures.count(service.posts(), "post", "posts"));
        }
        if (service.accounts() > 0) {
            read.add(Figures.count(service.accounts(), "account", "accounts"));
        }
        return read.isEmpty() ? "–" : String.join(", ", read);
    }

    /** Returns the name of a limit above its bar. */
    public static String title(Limit limit, Map<String, String> titles) {
        return switch (limit.name()) {
            case "plan" -> "Your plan, this month";
            case "month" -> "Your limit, this month";
            case "day" -> "Your limit, today";
            default -> titles.getOrDefault(limit.agent(), limit.agent()) + ", this month";
        };
    }

    /**
     * Returns which limit it is, such as "your daily limit".
     *
     * @param titles the titles of agents by name
     */
    public static String limit(Limit limit, Map<String, String> titles) {
        return switch (limit.name()) {
            case "plan" -> "your plan’s monthly limit";
            case "month" -> "your monthly limit";
            case "day" -> "your daily limit";
            default -> "the monthly limit of " + titles.getOrDefault(limit.agent(), limit.agent());
        };
    }

    /** Returns the share that is spent, such as "97%" or "All". */
    public static String spent(Limit limit) {
        return limit.percent() == 100 ? "All" : limit.percent() + "%";
    }

    /** Returns where it stands, such as "$3.20 of $10.00 spent, $6.80 left". */
    public static String standing(Limit limit) {
        return Figures.money(limit.spentMicroUsd()) + " of " + Figures.money(limit.mostMicroUsd()) + " spent, "
                + (limit.openMicroUsd() == 0 ? "" : Figures.money(limit.openMicroUsd()) + " reserved by open calls, ")
                + Figures.money(limit.leftMicroUsd()) + " left";
    }
}
