package social.coral.demo;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.identity.BrowserSession;
import social.coral.identity.Client;
import social.coral.identity.ExamplePeople;

/** Signs a visitor of a demo in as one of the example people, whose password is public. Exists only in a demo. */
@Component
@ConditionalOnProperty("coral.demo")
public class DemoSignIn {

    /** One of the example people. */
    public record Offer(String email, String name, String about) {}

    private final ExamplePeople people;

    DemoSignIn(ExamplePeople people) {
        this.people = people;
    }

    public List<Offer> offers() {
        return Stream.of(DemoPeople.ADA, DemoPeople.BRUNO).map(person -> new Offer(person.email(), person.name(), person.about())).toList();
    }

    public String password() {
        return DemoPeople.PASSWORD;
    }

    /** Signs the browser in as one of them; 404 for any other address. */
    public BrowserSession signIn(String email, Client client, @Nullable String deviceToken) {
        if (offers().stream().noneMatch(offer -> offer.email().equals(email))) {
            throw Failure.notFound();
        }
        return people.signIn(email, client, deviceToken);
    }
}
