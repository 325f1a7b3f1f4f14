package social.coral.agents;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import social.coral.agents.RunLedger.Lease;
import social.coral.agents.RunLimitChoices.Spent;

/** Stops a run that reaches one of its limits, repeats itself, or calls and calls without finishing anything. What it has finished stays. */
final class Brakes {

    static final String STEPS = "step_limit";
    static final String CALLS = "call_limit";
    static final String MINUTES = "time_limit";
    static final String COST = "cost_limit";
    static final String REPEATS = "repeats_itself";
    static final String NO_PROGRESS = "no_progress";

    /** How often a run may ask the same in the same words. */
    static final int MAX_SAME = 5;
    /** How many calls may follow one another with nothing committed and no step ended. */
    static final int MAX_CALLS_WITHOUT_PROGRESS = 100;

    private final Lease lease;
    private final RunTools tools;
    private final Map<Long, Integer> asked = new HashMap<>();
    private @Nullable RunLimits limits;
    private Spent spent = new Spent(0, 0, 0);
    private int withoutProgress;

    Brakes(Lease lease, RunTools tools) {
        this.lease = lease;
        this.tools = tools;
    }

    /** What counts is what was done since the run was started or last retried. */
    private RunLimits limits() {
        RunLimits known = limits;
        if (known == null) {
            known = tools.limits().of(lease.agent());
            spent = tools.limits().spent(lease);
            limits = known;
        }
        return known;
    }

    /** Before a step begins. */
    void step() {
        RunLimits most = limits();
        if (spent.steps() >= most.mostSteps()) {
            throw reached(STEPS, count(most.mostSteps(), "step"));
        }
        time();
    }

    /** After a step has ended. */
    void ended() {
        spent = new Spent(spent.steps() + 1, spent.calls(), spent.costMicroUsd());
        withoutProgress = 0;
    }

    /** After something was committed. */
    void progressed() {
        withoutProgress = 0;
        time();
    }

    /** Before a call that can cost so much. */
    void call(long costMicroUsd) {
        RunLimits most = limits();
        if (spent.calls() >= most.mostCalls()) {
            throw reached(CALLS, count(most.mostCalls(), "call"));
        }
        if (costMicroUsd > 0 && spent.costMicroUsd() + costMicroUsd > most.mostCost()) {
            throw reached(COST, String.format(Locale.ROOT, "$%,.2f", most.mostCost() / 1e6));
        }
        time();
        if (++withoutProgress > MAX_CALLS_WITHOUT_PROGRESS) {
            throw new RunEnd.Stopped(NO_PROGRESS, "The run made " + MAX_CALLS_WITHOUT_PROGRESS
                    + " calls in a row without finishing anything, so it was stopped. What it finished before is kept. Retry it to go on from there.");
        }
        spent = new Spent(spent.steps(), spent.calls() + 1, spent.costMicroUsd());
    }

    /** After a call that cost so much. */
    void cost(long costMicroUsd) {
        spent = new Spent(spent.steps(), spent.calls(), spent.costMicroUsd() + costMicroUsd);
    }

    /** Before a model is asked. */
    void ask(String request) {
        int times = asked.merge(hash(request), 1, Integer::sum);
        if (times > MAX_SAME) {
            throw new RunEnd.Stopped(REPEATS, "The run asked the same question " + MAX_SAME
                    + " times and was about to ask it again, so it was stopped. What it finished before is kept. Retry it to go on from there.");
        }
    }

    private static long hash(String request) {
        long hash = 0xcbf29ce484222325L;
        for (byte each : request.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    private void time() {
        RunLimits most = limits();
        if (lease.worked().compareTo(Duration.ofMinutes(most.mostMinutes())) >= 0) {
            throw reached(MINUTES, count(most.mostMinutes(), "minute"));
        }
    }

    private static RunEnd.Stopped reached(String code, String limit) {
        return new RunEnd.Stopped(code, "The run reached its limit of " + limit + ", so it was stopped. What it finished is kept."
                + " Raise the limit under Agents, Limits, and retry the run to go on from there.");
    }

    private static String count(int number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
