package social.coral.agents;

import org.jspecify.annotations.Nullable;

/**
 * What one run of an agent may do at most before it is stopped, and what only one agent has; null is the default.
 *
 * @param steps how many steps it may begin
 * @param calls how many calls to services it may make
 * @param minutes how long it may work, without the time that it waits
 * @param costMicroUsd what its calls may cost, in millionths of a US dollar
 * @param hoursApart for how long an author who had a reply gets no other one; only of the agent that replies
 * @param parts how many parts a thread may have, of which one makes a single post; only of the agent that makes threads
 */
public record RunLimits(@Nullable Integer steps, @Nullable Integer calls, @Nullable Integer minutes, @Nullable Long costMicroUsd,
        @Nullable Integer hoursApart, @Nullable Integer parts) {

    public static final RunLimits NONE = new RunLimits(null, null, null, null, null, null);
    /** Far above what a run of the product's own agents needs, and low enough that one that goes wrong costs two hours and twenty dollars at most. */
    public static final RunLimits DEFAULT = new RunLimits(1_000, 5_000, 120, 20_000_000L, 24, 6);
    public static final int MAX_STEPS = 1_000;
    public static final int MAX_CALLS = 100_000;
    public static final int MAX_MINUTES = 1_440;
    public static final int MAX_HOURS_APART = 720;
    public static final int MAX_PARTS = 25;
    public static final long LEAST_COST = 10_000;
    public static final long MOST_COST = 1_000_000_000;

    /** The same, with the defaults where nothing was chosen. */
    public RunLimits orDefault() {
        return new RunLimits(mostSteps(), mostCalls(), mostMinutes(), mostCost(),
                hoursApart == null ? DEFAULT.hoursApart() : hoursApart, parts == null ? DEFAULT.parts() : parts);
    }

    int mostSteps() {
        return steps == null ? or(DEFAULT.steps()) : steps;
    }

    int mostCalls() {
        return calls == null ? or(DEFAULT.calls()) : calls;
    }

    int mostMinutes() {
        return minutes == null ? or(DEFAULT.minutes()) : minutes;
    }

    long mostCost() {
        return costMicroUsd != null ? costMicroUsd : DEFAULT.costMicroUsd() == null ? MOST_COST : DEFAULT.costMicroUsd();
    }

    private static int or(@Nullable Integer value) {
        return value == null ? Integer.MAX_VALUE : value;
    }
}
