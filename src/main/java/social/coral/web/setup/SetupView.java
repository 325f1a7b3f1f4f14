package social.coral.web.setup;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import social.coral.agents.AgentRun;
import social.coral.agents.RunStatus;
import social.coral.content.XAccount;
import social.coral.identity.Profile;
import social.coral.vault.ServiceName;
import social.coral.web.accounts.AccountWords;
import social.coral.web.accounts.HandleResult;
import social.coral.web.agents.Collecting;
import social.coral.web.agents.Missing;
import social.coral.web.frame.Form;
import social.coral.web.keys.KeyRow;

/**
 * One step of the wizard.
 *
 * @param keys every service with what is stored for it
 * @param examples handles of the sandbox that are not among the accounts yet; empty outside of it
 * @param results the results for the handles just sent
 * @param keyResults the results for the keys just sent
 * @param run the first run, once there is one
 * @param needs the services that agents need
 * @param collecting what is missing before posts can be collected
 */
public record SetupView(
        Step step,
        Form form,
        Profile profile,
        List<KeyRow> keys,
        List<XAccount> accounts,
        List<String> examples,
        List<HandleResult> results,
        List<KeyResult> keyResults,
        @Nullable AgentRun run,
        Set<ServiceName> needs,
        Collecting collecting) {

    SetupView with(List<HandleResult> handles, List<KeyResult> sent) {
        return new SetupView(step, form, profile, keys, accounts, examples, handles, sent, run, needs, collecting);
    }

    /** The services without which some agent does not work, but for keys that work only together: nobody needs those to begin. */
    public List<KeyRow> needed() {
        return keys.stream().filter(this::isNeeded).toList();
    }

    public List<KeyRow> others() {
        return keys.stream().filter(row -> !isNeeded(row)).toList();
    }

    private boolean isNeeded(KeyRow row) {
        return needs.contains(row.service()) && row.service().group().size() == 1;
    }

    /** Reports whether the state of this key is already among the results. */
    public boolean isAmongResults(ServiceName service) {
        return keyResults.stream().anyMatch(result -> result.service().group().contains(service));
    }

    /** Reports whether one of the others has a key or an error. */
    public boolean opensTheOthers() {
        return others().stream().anyMatch(row -> row.key() != null || form.error(row.service().toString()) != null);
    }

    /** Reports whether posts will come from the sandbox. */
    public boolean sandbox() {
        return keys.stream().anyMatch(KeyRow::isOfSandbox);
    }

    /** Reports whether to offer the sandbox: no key to collect with is known to work, and there is no unchecked one of the sandbox. */
    public boolean offersSandbox() {
        return collectsWith().map(row -> row.isBroken() || row.isOfSandboxAndFails() || !row.isOfSandbox() && row.acceptedAt() == null).orElse(true);
    }

    /** Why it is offered. */
    public String offerTitle() {
        return collectsWith().map(row -> row.isOfSandbox() ? "The sandbox needs a new key." : "Not sure about your key?").orElse("No key yet?");
    }

    private Optional<KeyRow> collectsWith() {
        return keys.stream().filter(row -> row.service() == ServiceName.TWITTER_BEARER && row.key() != null).findFirst();
    }

    public boolean runFailed() {
        return run != null && run.status() == RunStatus.FAILED;
    }

    public String runTitle() {
        return switch (run == null ? RunStatus.QUEUED : run.status()) {
            case QUEUED, RUNNING, WAITING -> "Collecting the first posts";
            case SUCCEEDED -> troubled().isEmpty() ? "You are all set" : "Setup is finished";
            case FAILED -> "The first posts could not be collected";
            case CANCELLED -> "Collecting was cancelled";
        };
    }

    public String runLead() {
        return switch (run == null ? RunStatus.QUEUED : run.status()) {
            case QUEUED, RUNNING, WAITING -> "You do not have to wait here.";
            case SUCCEEDED -> collecting.agent().schedule().enabled()
                    ? "New posts are collected from now on. Schedule: " + collecting.agent().schedule().inWords() + "."
                    : "New posts are collected when you start a run. To collect them regularly, set a schedule.";
            case FAILED -> "Your settings are saved. Once the cause is fixed, start it again under Agents.";
            case CANCELLED -> "Your settings are saved. You can start it again under Agents.";
        };
    }

    /** The accounts that could not be read. */
    public List<XAccount> troubled() {
        return accounts.stream().filter(AccountWords::needsLook).toList();
    }

    /** Reports whether posts can be collected: nothing is missing. */
    public boolean ready() {
        return collecting.missing().isEmpty();
    }

    /** The step of the wizard in which this is mended; null for what has none. */
    public @Nullable Step stepFor(Missing missing) {
        return missing.page().startsWith("/settings/keys") ? Step.KEYS : missing.page().equals("/accounts/add") ? Step.ACCOUNTS : null;
    }

    public List<KeyRow> entered() {
        return keys.stream().filter(row -> row.key() != null).toList();
    }
}
