package social.coral.web.texts;

import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import social.coral.agents.Agents;
import social.coral.web.frame.Visitor;

/** What the pages of all kinds of text need besides the texts. */
@Component
class TextDesk {

    private final Agents agents;
    private final Visitor visitor;
    private final Clock clock;

    TextDesk(Agents agents, Visitor visitor, Clock clock) {
        this.agents = agents;
        this.visitor = visitor;
        this.clock = clock;
    }

    WriterWords writers() {
        return new WriterWords(agents.titles());
    }

    /** The zone in which the person reads times. */
    String ownZone() {
        return visitor.profile().timeZone();
    }

    Instant now() {
        return clock.instant();
    }
}
