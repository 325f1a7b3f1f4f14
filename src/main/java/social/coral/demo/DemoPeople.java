package social.coral.demo;

import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import social.coral.agents.Agents;
import social.coral.agents.Schedule;
import social.coral.api.Failure;
import social.coral.content.Username;
import social.coral.content.XAccounts;
import social.coral.identity.Client;
import social.coral.identity.ExamplePeople;
import social.coral.identity.Profiles;
import social.coral.identity.SignIn;
import social.coral.identity.SignedInPerson;
import social.coral.sandbox.Sandbox;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** Makes the example people at the first start in demo mode; at later starts they are there already. */
@Component
@ConditionalOnProperty("coral.demo")
class DemoPeople {

    static final String PASSWORD = "coral reef demo";
    private static final String COLLECTING = "tweet-scraping";

    record Example(String email, String name, String company, List<String> listensTo) {}

    private static final Client HERE = new Client("127.0.0.1", "demo");
    static final Example ADA = new Example("ada@example.org", "Ada Example", "Example Observatory",
            List.of("reef_notes", "orbit_daily", "kernel_kettle", "ciel_et_code"));
    static final Example BRUNO = new Example("bruno@example.org", "Bruno Example", "Example Kitchen",
            List.of("slow_kitchen", "tor_und_taktik", "table_de_saison", "balon_parado"));

    private final SignIn signIn;
    private final ExamplePeople people;
    private final Profiles profiles;
    private final ApiKeys keys;
    private final XAccounts accounts;
    private final Agents agents;
    private final Sandbox sandbox;

    DemoPeople(SignIn signIn, ExamplePeople people, Profiles profiles, ApiKeys keys, XAccounts accounts, Agents agents, Sandbox sandbox) {
        this.signIn = signIn;
        this.people = people;
        this.profiles = profiles;
        this.keys = keys;
        this.accounts = accounts;
        this.agents = agents;
        this.sandbox = sandbox;
    }

    @EventListener(ApplicationReadyEvent.class)
    void makePeople() {
        make(ADA);
        make(BRUNO);
    }

    private void make(Example example) {
        SignedInPerson person;
        try {
            person = signIn.signUp(example.email(), PASSWORD, example.name(), HERE, null).person();
        } catch (Failure failure) {
            if (failure.code().equals("user_already_exists")) {
                return;
            }
            throw failure;
        }
        people.remember(person.id());
        person.tenant().run(() -> {
            keys.save(ServiceName.TWITTER_BEARER, sandbox.issueToken());
            keys.check(ServiceName.TWITTER_BEARER);
            example.listensTo().forEach(handle -> accounts.add(Username.of("username", handle), null));
            profiles.change(Map.of("company_name", example.company(), "setup_completed", true));
            agents.schedule(COLLECTING, Schedule.of(true, "PT15M", null, null, "UTC"));
            agents.run(COLLECTING);
        });
    }
}
