package social.coral.installation;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Ends the process as soon as it is ready. The launcher uses this to record the class cache. */
@Component
@ConditionalOnBooleanProperty("coral.installation.trial")
final class TrialRun {

    @EventListener
    void end(ApplicationReadyEvent event) {
        System.exit(0);
    }
}
