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
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.Agents;
import social.coral.agents.ModelTrials;
import social.coral.api.CurrentClient;
import social.coral.api.Failure;
import social.coral.models.Draft;
import social.coral.tenancy.Tenant;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;
import tools.jackson.databind.json.JsonMapper;

/** What does this model write? Shown while it is written, or on a page of its own without scripts. */
@Controller
@RequestMapping("/agents/{name}/model/try")
final class ModelTrialPage {

    private static final Logger log = LoggerFactory.getLogger(ModelTrialPage.class);
    /** How soon it is noticed that the person has left. */
    private static final long LOOK_MILLIS = 500;
    private static final JsonMapper JSON = new JsonMapper();

    private final Agents agents;
    private final ModelTrials trials;
    private final ModelPage page;

    ModelTrialPage(Agents agents, ModelTrials trials, ModelPage page) {
        this.agents = agents;
        this.trials = trials;
        this.page = page;
    }

    @PostMapping
    ModelAndView whole(@PathVariable String name, ModelForm typed) {
        agents.get(name);
        try {
            return page.tried(name, typed, TrialView.of(trials.make(name, typed.fields(), Draft.UNSEEN)));
        } catch (Failure refused) {
            return refused.errors().isEmpty() ? page.tried(name, typed, TrialView.of(refused))
                    : PageResult.refused(page.typed(name, Form.of(typed).refused(refused), null));
        }
    }

    /** What is sent of a sample: {@code begun} empties what was shown, {@code added} adds to it, {@code ended} replaces it. */
    private record Event(String name, Object data) {}

    @PostMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void streamed(@PathVariable String name, ModelForm typed, HttpServletResponse response) throws IOException, InterruptedException {
        agents.get(name);
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        Callable<Event> trial = Tenant.carried(() -> ended(name, typed, events));
        // Not a virtual one: an interrupt would cut its connection to the database as well.
        Thread writer = Thread.ofPlatform().daemon().name("model-trial").start(() -> events.add(last(trial)));
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

    private Event ended(String name, ModelForm typed, BlockingQueue<Event> events) {
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
            return new Event("ended", TrialView.of(trials.make(name, typed.fields(), draft)));
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
