package social.coral.web.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.agents.AgentRun;
import social.coral.agents.RunStatus;
import social.coral.agents.Runs;
import social.coral.agents.StepMaterial;
import social.coral.agents.StepStatus;
import social.coral.usage.BudgetFailure;
import social.coral.web.logs.LogRow;

/**
 * One run, with its log.
 *
 * @param material what went into steps and came out of them, by their places, of the first steps and of the open one
 * @param open the place of the step whose material is open
 * @param others the latest runs of the same agent, perhaps this one among them
 */
public record RunView(AgentRun run, String title, Map<Integer, StepMaterial> material, @Nullable Integer open, List<AgentRun> others, List<LogRow> log) {

    /** What a person calls something made, as opposed to how much was made. */
    private static final Pattern THING = Pattern.compile("[A-Z][a-z ]+");
    private static final Pattern NEWS = Pattern.compile("[1-9][0-9]* new post");

    /** The step's material; null for none that was kept or read. */
    public @Nullable StepMaterial material(int place) {
        StepMaterial found = material.get(place);
        return found == null || found.isEmpty() ? null : found;
    }

    /** Where to see what a step has made: the one page of it, or the list that all of it is in. */
    public @Nullable Link made(int place) {
        StepMaterial found = material.get(place);
        List<StepMaterial.Piece> made = found == null ? List.of() : found.made().stream().filter(piece -> piece.page() != null && THING.matcher(piece.label()).matches()).toList();
        if (made.isEmpty() || run.dryRun()) {
            return null;
        }
        StepMaterial.Piece last = made.getLast();
        String page = String.valueOf(last.page());
        boolean several = made.stream().anyMatch(piece -> !page.equals(piece.page()));
        return new Link("View the " + last.label().toLowerCase(Locale.ROOT) + (several ? "s" : ""), several ? page.replaceFirst("(?<=.)/[^/]*$", "") : page);
    }

    /** A link, with its words. */
    public record Link(String words, String address) {}

    /** Reports whether a step's material may be there and was not read. */
    public boolean hasMore(int place) {
        return place >= Runs.MAX_MATERIAL && !Objects.equals(open, place) && run.steps().get(place).startedAt() != null;
    }

    /** Reports whether a step's material cannot grow any more, so that it stays open while the run goes on. */
    public boolean isSettled(int place) {
        return run.steps().get(place).finishedAt() != null;
    }

    public boolean underWay() {
        return !run.status().isOver();
    }

    /** The result so far; null where the error says it all. */
    public @Nullable String message() {
        return switch (run.status()) {
            case FAILED -> null;
            case CANCELLED -> RunWords.outcome(run);
            case QUEUED, RUNNING, WAITING, SUCCEEDED -> run.progress().message();
        };
    }

    /** Reports whether it failed or waits because of its key. A plan that is used up is not mended by a key. */
    public boolean needsKey() {
        return RunWords.isByKey(run);
    }

    /** Reports whether it was stopped by one of the limits that the person can raise. */
    public boolean isByLimit() {
        return run.errorCode() != null && run.errorCode().endsWith("_limit") && run.status() == RunStatus.FAILED;
    }

    /** Reports whether it has collected posts. */
    public boolean hasNews() {
        return run.steps().stream().anyMatch(step -> step.summary() != null && NEWS.matcher(step.summary()).lookingAt());
    }

    /** Reports whether it waits because a limit has no room for its next call. */
    public boolean needsBudget() {
        return run.status() == RunStatus.WAITING && BudgetFailure.CODE.equals(run.errorCode());
    }

    /** Returns how a sentence begins that ends with the time at which a waiting run resumes. */
    public String resumes() {
        return RunWords.isByKey(run) ? "The run resumes as soon as you save a new key. The current one is tried again"
                : needsBudget() ? "It is tried again" : "Resumes";
    }

    /** The rate and, where it can be known, the time left; nothing before the first piece is done. */
    public @Nullable String pace(Instant now) {
        Integer total = run.progress().total();
        Instant started = run.attemptedAt();
        int done = run.progress().done();
        if (run.status() != RunStatus.RUNNING || total == null || started == null || done == 0 || done >= total) {
            return null;
        }
        double seconds = Math.max(0.001, Duration.between(started, now).toMillis() / 1000.0);
        long left = Math.round(seconds / done * (total - done));
        return "about " + duration(Duration.ofSeconds(Math.max(1, left))) + " left";
    }

    /** Returns who started it, and who retried it since. */
    public String lead() {
        if (run.dryRun()) {
            return "Shows what a run would do. Nothing is done: no service is called, and nothing is written.";
        }
        boolean byPerson = run.trigger().equals("person");
        return (byPerson ? "Started by you" : run.trigger().equals("chain") ? "Started by the agent before it" : "Started by the schedule") + (run.retriedAt() == null ? "" : byPerson ? " and retried" : ", retried by you");
    }

    /** Reports whether to offer another attempt: not when it would find only accounts that do not exist or are closed to us. */
    public boolean offersRetry() {
        return run.canBeRetried() && (run.failedSteps().isEmpty() || run.failedSteps().stream().anyMatch(step -> step.errorCode() == null));
    }

    /** Returns how long a step has taken so far; nothing of one that waits, because waiting is not work. */
    public static String duration(AgentRun.RunStep step, Instant now) {
        return step.status() == StepStatus.WAITING ? "–" : duration(step.startedAt(), step.finishedAt(), now);
    }

    /** Returns how long the run has taken so far; nothing while it waits. */
    public String duration(Instant now) {
        return run.status() == RunStatus.WAITING ? "–" : duration(run.attemptedAt(), run.finishedAt(), now);
    }

    private static String duration(@Nullable Instant from, @Nullable Instant to, Instant now) {
        return from == null ? "–" : duration(Duration.between(from, to == null ? now : to));
    }

    private static String duration(Duration duration) {
        if (duration.toMillis() < 1000) {
            return Math.max(0, duration.toMillis()) + " ms";
        }
        if (duration.toSeconds() < 60) {
            return duration.toSeconds() + " s";
        }
        return duration.toHours() == 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
}
