package social.coral.demo;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import social.coral.identity.ExamplePeople;

/** Before anything is served: lets the example people in where this is a demo, and keeps them out where it is none. */
@Component
class ExampleDoor implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(ExampleDoor.class);

    private final ExamplePeople people;
    private final boolean demo;

    ExampleDoor(ExamplePeople people, @Value("${coral.demo}") boolean demo) {
        this.people = people;
        this.demo = demo;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List.of(DemoPeople.ADA, DemoPeople.BRUNO).forEach(example -> people.recognise(example.email(), DemoPeople.PASSWORD));
        if (demo) {
            people.letIn();
            return;
        }
        int kept = people.keepOut();
        if (kept > 0) {
            log.warn("{} example people of a demo are in this data folder. Their password is published, so they cannot sign in and their agents"
                    + " rest, because this is no demo; ./coral run --demo lets them in again", kept);
        }
    }
}
