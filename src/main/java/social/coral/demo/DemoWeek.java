package social.coral.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import social.coral.agents.Agents;
import social.coral.agents.Chains;
import social.coral.agents.Schedule;
import social.coral.content.PostStatus;
import social.coral.content.TextChange;
import social.coral.content.Tweets;
import social.coral.content.Username;
import social.coral.content.XAccounts;
import social.coral.identity.ExamplePeople;
import social.coral.sandbox.Sandbox;
import social.coral.tenancy.Tenant;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** Gives an example person what a week of use leaves: drafts, an account that is paused and one that is gone, posts, runs and an import. */
@Component
@ConditionalOnProperty("coral.demo")
class DemoWeek {

    private static final Logger log = LoggerFactory.getLogger(DemoWeek.class);

    private static final List<String> AT = List.of("09:00", "18:00");
    private static final int DAYS = 7;
    private static final Duration TIME_TO_READ = Duration.ofMinutes(25);
    private static final Duration SIGNED_UP_BEFORE = Duration.ofMinutes(10);

    private static final List<String> DRAFTS = List.of(
            "Three reefs, one storm: the one with seagrass in front of it stayed clear. Notes with numbers follow this week.",
            "What would you ask a telescope that never sleeps? We collect questions until Friday.",
            "A kernel upgrade took our archive down for an hour. What went wrong, and what we changed: a short thread.");
    /** What the account of the sandbox has said, which its mentions are about, with how many hours ago. */
    private static final Map<Integer, String> SAID = Map.of(
            44, "Seagrass in front of a reef keeps the water clear after a storm, and the corals behind it grow. We saw it again on every dive this week.",
            20, "A launch, a landing, one long exposure: the night sky was clear, and the rocket went up right above the dome.");
    private static final String FOR_REVIEW = "Open night at the observatory on Saturday: bring a blanket, we bring the telescopes.";

    private final XAccounts accounts;
    private final Tweets tweets;
    private final Agents agents;
    private final Chains chains;
    private final DemoHistory history;
    private final DemoArchive archive;
    private final ExamplePeople people;
    private final ApiKeys keys;
    private final Sandbox sandbox;
    private final Clock clock;

    DemoWeek(XAccounts accounts, Tweets tweets, Agents agents, Chains chains, DemoHistory history, DemoArchive archive, ExamplePeople people,
            ApiKeys keys, Sandbox sandbox, Clock clock) {
        this.accounts = accounts;
        this.tweets = tweets;
        this.agents = agents;
        this.chains = chains;
        this.history = history;
        this.archive = archive;
        this.people = people;
        this.keys = keys;
        this.sandbox = sandbox;
        this.clock = clock;
    }

    /** Makes what is there at once, and the posts and runs on a thread of its own, so that nobody waits for them. */
    void begin() {
        accounts.change(accounts.add(Username.of("username", "night_trains"), 20).id(), null, false);
        accounts.add(Username.of("username", "gone_fishing"), 10);
        DRAFTS.forEach(draft -> tweets.write(draft, null, null));
        tweets.change(tweets.write(FOR_REVIEW, null, null).id(), TextChange.to(PostStatus.IN_REVIEW));
        Tenant tenant = Tenant.current();
        Thread.ofVirtual().name("demo").start(() -> tenant.run(() -> lookBack(tenant)));
    }

    private void lookBack(Tenant tenant) {
        try {
            List<Instant> slots = slots(clock.instant());
            history.write(slots);
            archive.write(slots.get(slots.size() / 2).plus(TIME_TO_READ));
            people.backdate(tenant.id(), slots.getFirst().minus(SIGNED_UP_BEFORE));
            agents.schedule(Agents.COLLECTING, Schedule.of(true, null, AT, null, "UTC"));
            Chains.NEXT.keySet().forEach(agent -> chains.set(agent, true));
            agents.run(Agents.COLLECTING);
            agents.schedule(Agents.METRICS, Schedule.of(true, "PT1H", null, null, "UTC"));
            agents.run(Agents.METRICS);
            speak();
            agents.run(Agents.REPLIES);
        } catch (RuntimeException e) {
            log.warn("The week of the demo is not complete", e);
        }
    }

    /** Has the account of the sandbox say what others have answered since. */
    private void speak() {
        String key = keys.open(ServiceName.TWITTER_BEARER).orElseThrow().reveal();
        SAID.entrySet().stream().sorted(Map.Entry.<Integer, String>comparingByKey().reversed())
                .forEach(said -> sandbox.post(key, said.getValue(), clock.instant().minus(Duration.ofHours(said.getKey()))));
    }

    /** Returns when the schedule would have run in the week before, the oldest first. */
    static List<Instant> slots(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return Stream.iterate(today.minusDays(DAYS), day -> !day.isAfter(today), day -> day.plusDays(1))
                .flatMap(day -> AT.stream().map(time -> day.atTime(LocalTime.parse(time)).toInstant(ZoneOffset.UTC)))
                .filter(slot -> slot.isBefore(now))
                .toList();
    }
}
