package social.coral.web.agents;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import social.coral.agents.ModelTrials;
import social.coral.api.CurrentClient;
import social.coral.api.Failure;
import social.coral.models.Draft;
import social.coral.tenancy.Tenant;
import tools.jackson.databind.json.JsonMapper;

/** Sends a sample of a model while it is written, and ends the call when the person leaves. */
public final class TrialStream {

    private static final Logger log = LoggerFactory.getLogger(TrialStream.class);
    /** How soon it is noticed that the person has left. */
    private static final long LOOK_MILLIS = 500;
    private static final JsonMapper JSON = new JsonMapper();

    /** One call of a model. */
    public interface Trial {
        ModelTrials.Result make(Draft draft);
    }

    /** What is sent of a sample: {@code begun} empties what was shown, {@code added} adds to it, {@code ended} replaces it. */
    private record Event(String name, Object data) {}

    private TrialStream() {}

    /** Makes a trial and sends it as events, the last of which is a {@link TrialView}. */
    public static void send(Trial trial, HttpServletResponse response) throws IOException, InterruptedException {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        Callable<Event> carried = Tenant.carried(() -> ended(trial, events));
        // Not a virtual one: an interrupt would cut its connection to the database as well.
        Thread writer = Thread.ofPlatform().daemon().name("model-trial").start(() -> events.add(last(carried)));
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        // Proxies would keep it until it is complete.
        response.setHeader("X-Accel-Buffering", "no");
        try {
            for (Event event = null; event == null || !event.name().equals("ended"); ) {
                event = events.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                CurrentClient.requireConnected();
                send(response, event);
            }
        } catch (ClientAbortException left) {
            log.debug("The person left before the sample was complete");
        } finally {
            // Ends a call that is still being made, so that nothing is written for nobody.
            writer.interrupt();
            writer.join();
        }
    }

    private static Event ended(Trial trial, BlockingQueue<Event> events) {
        Draft draft = new Draft() {
            @Override
            public void begun() {
                events.add(new Event("begun", ""));
            }

            @Override
            public void added(String text) {
                events.add(new Event("added", text));
            }
        };
        try {
            return new Event("ended", TrialView.of(trial.make(draft)));
        } catch (Failure failure) {
            return new Event("ended", TrialView.of(failure));
        }
    }

    private static Event last(Callable<Event> trial) {
        try {
            return trial.call();
        } catch (CancellationException left) {
            return new Event("ended", TrialView.BROKEN);
        } catch (Exception fault) {
            log.error("A sample of a model broke", fault);
            return new Event("ended", TrialView.BROKEN);
        }
    }

    private static void send(HttpServletResponse response, @Nullable Event event) throws IOException {
        String sent = event == null ? ": waiting\n\n" : "event: " + event.name() + "\ndata: " + JSON.writeValueAsString(Map.of("is", event.data())) + "\n\n";
        response.getOutputStream().write(sent.getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }
}
