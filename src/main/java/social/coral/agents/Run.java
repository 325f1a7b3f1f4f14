package social.coral.agents;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import social.coral.knowledge.KnowledgeAnswer;
import social.coral.knowledge.KnowledgeQuestion;
import social.coral.services.ServiceFault;

/** Everything that an agent may use while it works for one tenant: data, services, log and progress. */
public interface Run {

    TenantData data();

    /** What the tenant can search, and what this agent keeps there for later runs. */
    Knowledge knowledge();

    /**
     * A service outside, such as the tenant's {@code SocialNetwork}, with the tenant's own key. Each call is entered in the
     * tenant's ledger. Without the key the run stops.
     *
     * @param type as its {@link social.coral.services.Service} names it; {@link social.coral.models.LanguageModel} is the model that the
     *     person chose for this agent
     */
    <T extends Object> T service(Class<T> type);

    /** The same where the tenant has entered the key, and empty otherwise: the agent then does without. */
    <T extends Object> Optional<T> optional(Class<T> type);

    /** Reports whether there is a page at an address of the web. Not to be used in {@link Memory#commit}. */
    boolean isThere(String url);

    /** What the person lets the agent do at most, as it is set now, with the defaults where nothing was chosen. */
    RunLimits limits();

    /** The one thing that a person asked to have worked on; empty for whatever there is to do. */
    Optional<UUID> subject();

    /**
     * Announces the steps by name, in their order. A run that was interrupted or is retried gets the steps that it announced
     * at first, whatever there is to do now: it finishes what it began, and what came later belongs to another run.
     */
    List<String> plan(List<String> steps);

    /**
     * Does a piece of work that is done once: when a step of that name succeeded earlier in this run, nothing happens. What
     * the work cannot do for reasons outside (a {@code ServiceFault}, a {@code Failure}) fails the step, is logged in the
     * fault's own words, and lets the run continue. A call that can only be made later lets the whole run wait for it without
     * holding a thread, unless the work {@linkplain Deferred defers} it, and so does a plan that does not cover the call. A
     * refused key stops the run.
     *
     * @return {@code SUCCEEDED}, {@code FAILED} or {@code SKIPPED}, now or earlier, or {@code WAITING} for a deferred step
     */
    StepStatus step(String name, Step work);

    /** Reports how far the run is; shown live. */
    void progress(int done, int total, String message);

    /** Logs a message for the person. */
    void log(Level level, String message);

    /** One step's work. Returns the result in a sentence for the person. */
    interface Step {
        String work(Memory memory);
    }

    /** What a step of this run last committed, including before an interruption. */
    <T extends Object> Optional<T> recalled(String step, Class<T> type);

    /** Thrown by a step's work when what it is about no longer exists: there is nothing to do, and nothing to retry. */
    final class Skipped extends RuntimeException {

        public Skipped(String why) {
            super(why, null, false, false);
        }

        /** Why, in a sentence for the person. */
        public String sentence() {
            return String.valueOf(getMessage());
        }
    }

    /** Thrown by a step's work when it can only go on later and nothing else depends on it: the other steps go on, then the run waits. */
    final class Deferred extends RuntimeException {

        private final ServiceFault.Postponed why;

        public Deferred(ServiceFault.Postponed why) {
            super(why.sentence(), null, false, false);
            this.why = why;
        }

        ServiceFault.Postponed why() {
            return why;
        }
    }

    /**
     * The tenant's knowledge, as far as an agent may use it. What is written belongs to the agent and not to the run: it stays until it
     * is forgotten. Writing ends the work if the run was cancelled or taken over in the meantime.
     */
    interface Knowledge {

        /**
         * Keeps a text, which searches then find and the person sees, under a name of this agent's, in place of what was there: with a name that
         * is the same when the run is taken up again it is there once. In {@link Memory#commit} it is committed together with the step.
         *
         * @param text at most {@link social.coral.knowledge.Notes#MAX_LENGTH} characters
         * @param language a language tag such as {@code de}; null when it is not known
         */
        void remember(String name, String text, @Nullable String language);

        /**
         * Finds texts of all kinds, the best first. Where not all can be searched the answer says so; where nothing can, or the tenant's runs
         * have searched too often, the run waits. Not to be used in {@link Memory#commit}.
         */
        KnowledgeAnswer search(KnowledgeQuestion question);

        /**
         * The vectors, all of one width, of those posts that the model which answers searches has read and understands.
         *
         * @param posts the language tag of each, empty when it is not known
         */
        Map<UUID, float[]> vectors(Map<UUID, String> posts);

        /** Forgets what this agent keeps under a name, if anything. */
        void forget(String name);
    }

    /** How a step commits. */
    interface Memory {

        /**
         * Commits what the work writes together with what the step is to remember of it: after a crash both are there or
         * neither. Ends the work if the run was cancelled or taken over in the meantime.
         */
        <T extends Object> T commit(Supplier<Committed<T>> writes);

        /**
         * Notes what the step reads, for the person who looks at the run; what a model is asked and answers is noted anyway. It is stored with the
         * step's next commit or its end, and a text that is too long is cut.
         *
         * @param label what it is, such as "Blog post"
         * @param page where the product shows it; null for nowhere
         */
        void read(String label, String text, @Nullable String page);

        /** The same of what the step makes. In {@link #commit} it is noted only if that succeeds. */
        void made(String label, String text, @Nullable String page);
    }

    /**
     * What writes gave.
     *
     * @param remembered what {@link #recalled} gives from now on; any record that can be written as JSON
     */
    record Committed<T extends Object>(Object remembered, T result) {}

    /** How much a log entry asks for attention. */
    enum Level {
        INFO,
        WARNING,
        ERROR
    }
}
