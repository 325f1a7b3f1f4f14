package social.coral.agents;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import social.coral.agents.RunLedger.Lease;
import social.coral.api.Failure;
import social.coral.jobs.TransientFault;
import social.coral.jobs.Turn;
import social.coral.knowledge.KnowledgeAnswer;
import social.coral.knowledge.KnowledgeQuestion;
import social.coral.services.ServiceFault;
import social.coral.usage.Money;
import social.coral.vault.KeyUnreadable;

/**
 * Shows what a run would do: each step is followed to its first call or its first write, which is not made. Nothing is written but the run
 * itself, with what would go into each step and what its first call can cost at list prices.
 */
final class DryRun extends LeasedRun {

    private int steps;
    private int calls;
    private long mostMicroUsd;

    DryRun(Lease lease, RunTools tools, Turn turn) {
        super(lease, tools, new RunServices(lease, tools, turn, new Brakes(lease, tools)));
    }

    /** The result in a sentence. */
    String outcome() {
        if (steps == 0) {
            return "Nothing would be done";
        }
        String done = steps == 1 ? "1 step would be done" : steps + " steps would be done";
        return calls == 0 ? done + " without calling a service, so it would cost nothing"
                : done + ". " + (calls == 1 ? "Its call" : "Their first calls") + " would cost at most " + Money.of(mostMicroUsd)
                        + " at list prices. What follows from the answers is not known before";
    }

    @Override
    public Knowledge knowledge() {
        return new DryKnowledge(new RunKnowledge(lease, tools));
    }

    @Override
    public boolean isThere(String url) {
        throw new RunEnd.Unknown("Would look whether pages of the web are there");
    }

    @Override
    public StepStatus step(String name, Step work) {
        StepTrace trace = new StepTrace(StepMaterial.NONE);
        services.inStep(name, trace);
        String would = would(work, trace);
        steps++;
        tools.steps().wouldDo(lease, name, would, tools.json().writeValueAsString(trace.material()));
        return StepStatus.PLANNED;
    }

    private String would(Step work, StepTrace trace) {
        try {
            work.work(new DryMemory(trace));
            return "Would be done without calling a service, for nothing";
        } catch (RunEnd.WouldCall call) {
            long cost = tools.meter().price(call.call, call.most);
            calls++;
            mostMicroUsd += cost;
            String model = call.call.model();
            return "Would call " + call.call.service() + (model == null ? "" : ", " + model) + ", for at most " + Money.of(cost) + " at list prices";
        } catch (RunEnd.Unknown unknown) {
            return String.valueOf(unknown.getMessage());
        } catch (RunEnd.Pause pause) {
            return "Would wait: " + pause.getMessage();
        } catch (RunEnd.Stopped stopped) {
            return "Would fail: " + stopped.getMessage();
        } catch (Skipped skipped) {
            return "Would be skipped: " + skipped.sentence();
        } catch (Deferred deferred) {
            return "Would wait: " + deferred.why().sentence();
        } catch (ServiceFault fault) {
            return "Would fail: " + fault.sentence();
        } catch (Failure failure) {
            if (TransientFault.is(failure)) {
                throw failure;
            }
            return "Would fail: " + failure.sentence();
        } catch (KeyUnreadable unreadable) {
            return "Would fail: " + unreadable.getMessage();
        }
    }

    @Override
    public void progress(int done, int total, String message) {
        // Nothing is done.
    }

    @Override
    public void log(Level level, String message) {
        // Nothing is done that the log could tell of.
    }

    @Override
    public <T extends Object> Optional<T> recalled(String step, Class<T> type) {
        return Optional.empty();
    }

    private record DryMemory(StepTrace trace) implements Memory {

        @Override
        public <T extends Object> T commit(Supplier<Committed<T>> writes) {
            throw new RunEnd.Unknown("Would store its result without calling a service, for nothing");
        }

        @Override
        public void read(String label, String text, @Nullable String page) {
            trace.read(label, text, page);
        }

        @Override
        public void made(String label, String text, @Nullable String page) {
            // Nothing is made.
        }
    }

    private record DryKnowledge(Knowledge knowledge) implements Knowledge {

        @Override
        public void remember(String name, String text, @Nullable String language) {
            throw new RunEnd.Unknown("Would remember a text");
        }

        @Override
        public KnowledgeAnswer search(KnowledgeQuestion question) {
            throw new RunEnd.Unknown("Would search your texts, and go on with what it finds there");
        }

        @Override
        public Map<UUID, float[]> vectors(Map<UUID, String> posts) {
            return knowledge.vectors(posts);
        }

        @Override
        public void forget(String name) {
            throw new RunEnd.Unknown("Would forget a text");
        }
    }
}
