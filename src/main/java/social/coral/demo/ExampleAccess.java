package social.coral.demo;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import social.coral.identity.ExamplePeople;

/** Before requests are served: allows the example accounts in a demo, and suspends them otherwise. */
@Component
class ExampleAccess implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(ExampleAccess.class);

    private final ExamplePeople people;
    private final boolean demo;

    ExampleAccess(ExamplePeople people, @Value("${coral.demo}") boolean demo) {
        this.people = people;
        this.demo = demo;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List.of(DemoPeople.ADA, DemoPeople.BRUNO).forEach(example -> people.registerExisting(example.email(), DemoPeople.PASSWORD));
        if (demo) {
            people.unsuspend();
            return;
        }
        int suspended = people.suspend();
        if (suspended > 0) {
            log.warn("This data folder has {} example accounts of a demo, whose password is public. They are suspended because this is not a demo."
                    + " ./coral run --demo allows them again", suspended);
        }
    }
}
