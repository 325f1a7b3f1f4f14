package social.coral.demo;

import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
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
import social.coral.vault.KeyChecks;
import social.coral.vault.ServiceName;

/** Creates the example people on the first start in demo mode, and prints who can sign in. */
@Component
@ConditionalOnProperty("coral.demo")
class DemoPeople {

    static final String PASSWORD = "coral reef demo";

    record Example(String email, String name, String company, String about, List<String> listensTo) {}

    private static final Client HERE = new Client("127.0.0.1", "demo");
    static final Example ADA = new Example("ada@example.org", "Ada Example", "Example Observatory", "A week of use",
            List.of("reef_notes", "orbit_daily", "kernel_kettle", "ciel_et_code"));
    static final Example BRUNO = new Example("bruno@example.org", "Bruno Example", "Example Kitchen", "Just started",
            List.of("slow_kitchen", "tor_und_taktik", "table_de_saison", "balon_parado"));

    private final SignIn signIn;
    private final ExamplePeople people;
    private final Profiles profiles;
    private final ApiKeys keys;
    private final KeyChecks checks;
    private final XAccounts accounts;
    private final Agents agents;
    private final Sandbox sandbox;
    private final DemoWeek week;

    DemoPeople(
            SignIn signIn,
            ExamplePeople people,
            Profiles profiles,
            ApiKeys keys,
            KeyChecks checks,
            XAccounts accounts,
            Agents agents,
            Sandbox sandbox,
            DemoWeek week) {
        this.signIn = signIn;
        this.people = people;
        this.profiles = profiles;
        this.keys = keys;
        this.checks = checks;
        this.accounts = accounts;
        this.agents = agents;
        this.sandbox = sandbox;
        this.week = week;
    }

    /** Before the line that says the product is ready, which comes last. */
    @Order(0)
    @EventListener(ApplicationReadyEvent.class)
    void createPeople() {
        create(ADA, week::begin);
        create(BRUNO, () -> collectFromNowOn(Schedule.of(true, "PT15M", null, null, "UTC")));
        System.out.println("This is a demo. Sign in as " + ADA.email() + " or " + BRUNO.email() + " with the password \"" + PASSWORD + "\"");
    }

    private void create(Example example, Runnable beginning) {
        SignedInPerson person;
        try {
            person = signIn.signUp(example.email(), PASSWORD, example.name(), HERE, null).person();
        } catch (Failure failure) {
            if (failure.code().equals("user_already_exists")) {
                return;
            }
            throw failure;
        }
        people.register(person.id());
        // For the audit nobody was signed in.
        person.tenant().run(() -> {
            keys.save(ServiceName.TWITTER_BEARER, sandbox.issueToken());
            checks.check(ServiceName.TWITTER_BEARER);
            example.listensTo().forEach(handle -> accounts.add(Username.of("username", handle), null));
            profiles.change(Map.of("company_name", example.company(), "setup_completed", true));
            beginning.run();
        });
    }

    private void collectFromNowOn(Schedule schedule) {
        agents.schedule(Agents.COLLECTING, schedule);
        agents.run(Agents.COLLECTING);
    }
}
