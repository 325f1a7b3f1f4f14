package social.coral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.installation.DatabaseServer;
import social.coral.sandbox.Sandbox;

/** Rows that no way in lets through, as somebody may have put them there by hand: what needs one fails, and nothing else. */
@CoralTest
class UnreadableRowsTest {

    private static final List<String> TABLES = List.of("tweets", "tweets_cache", "x_accounts", "agent_runs", "agent_schedules", "user_profiles", "user_api_keys");
    private static final List<String> PAGES = List.of("/dashboard", "/accounts", "/tweets", "/tweets/archive", "/tweets/imports", "/tweets/mine", "/knowledge?q=bob", "/persona", "/agents", "/logs", "/settings", "/settings/usage", "/settings/usage/calls");

    @Autowired
    DatabaseServer server;

    @Autowired
    People people;

    @Autowired
    Sandbox sandbox;

    @Test
    void aRowThatCannotBeReadFailsWhatNeedsItByNameAndNothingElse() throws SQLException {
        TestPerson person = people.aPerson();
        UUID bad = UUID.randomUUID();
        person.post("/api/tweets", Map.of("content", "good"));
        String good = sandbox.exampleHandles().getFirst();
        person.post("/api/x-accounts", Map.of("username", good));
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement()) {
            List<String> checks = new CatalogueRows(owner).texts("""
                    select format('alter table %%s add constraint %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint
                    where contype = 'c' and conrelid = any (array['public.%s']::regclass[])
                    """.formatted(String.join("','public.", TABLES)));
            for (String drop : new CatalogueRows(owner).texts("""
                    select format('alter table %%s drop constraint %%I', conrelid::regclass, conname) from pg_constraint
                    where contype = 'c' and conrelid = any (array['public.%s']::regclass[])
                    """.formatted(String.join("','public.", TABLES)))) {
                statement.execute(drop);
            }
            try {
                statement.execute("select set_config('request.jwt.claims', '{\"sub\":\"" + person.id() + "\"}', false)");
                statement.execute("""
                        insert into public.tweets (id, content, status, created_at) values ('%1$s', 'conquered', 'conquered', now());
                        insert into public.tweets (content, status, scheduled_for, time_zone, created_at) values ('endless', 'failed', 'infinity', 'Nowhere/X', '-infinity');
                        insert into public.tweets_cache (network, tweet_id, author, content, source, created_at) values ('mars', '1', 'bob', 'x', 'imported', now());
                        insert into public.tweets_cache (network, tweet_id, author, content, source, created_at) values ('x', '2', 'bob', 'x', 'imported', 'infinity');
                        insert into public.x_accounts (username, state, state_since) values ('odd', 'odd', 'infinity'), ('late', 'new', 'infinity');
                        insert into public.agent_runs (id, agent, trigger, status, queued_at, finished_at) values ('%1$s', 'tweet-scraping', 'person', 'odd', 'infinity', now());
                        insert into public.agent_schedules (agent, enabled, at, days, time_zone) values ('tweet-scraping', true, '{late}', '{SOME}', 'Nowhere/X');
                        update public.user_profiles set time_zone = 'Nowhere/X', created_at = '-infinity';
                        """.formatted(bad));

                for (String page : PAGES) {
                    assertThat(person.browser().get(page).status()).as(page).isIn(200, 302, 303);
                }
                assertThat(person.get("/api/tweets").json().get("tweets").valueStream().map(tweet -> tweet.get("content").asString())).containsExactlyInAnyOrder("good", "endless");
                assertThat(person.get("/api/tweets/cache").json().get("tweets")).hasSize(1);
                assertThat(person.get("/api/x-accounts").json().get("x_accounts")).hasSize(2);
                assertThat(person.get("/api/runs").json().get("runs")).isEmpty();
                assertThat(person.get("/api/agents/tweet-scraping/schedule").text("/schedule/enabled")).isEqualTo("false");
                assertThat(person.get("/api/user/profile").text("/profile/time_zone")).isEqualTo("UTC");
                assertThat(person.get("/api/user/export").status()).isEqualTo(200);
                for (String one : List.of("/api/tweets/" + bad, "/api/runs/" + bad)) {
                    TestAnswer refused = person.get(one);
                    assertThat(refused.status()).as(one).isEqualTo(409);
                    assertThat(refused.text("/error")).contains(bad.toString()).contains("status");
                }

                saveAKey(person);
                statement.execute("""
                        delete from public.x_accounts where username in ('odd', 'late');
                        insert into public.x_accounts (username, network) values ('elsewhere', 'mars');
                        insert into public.x_accounts (username, cursor_token) values ('long', repeat('A', 40000000));
                        """);
                String run = "/api/runs/" + person.post("/api/agents/tweet-scraping/run", Map.of()).text("/run/id");
                await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(person.get(run).text("/run/status")).isEqualTo("succeeded"));
                assertThat(person.get(run).json().at("/run/steps").valueStream().map(step -> step.get("name").asString() + ": " + step.get("error").asString("-")))
                        .containsExactlyInAnyOrder("@" + good + ": -",
                                "@elsewhere: @elsewhere cannot be read: this version does not know its network. Ask your administrator to repair or remove it.",
                                "@long: @long cannot be read: this version does not know its cursor_token. Ask your administrator to repair or remove it.");
                assertThat(person.get(run).text("/run/progress/message")).isEqualTo("Collected 100 new posts from 1 account; 2 of 3 accounts could not be read");

                statement.execute("update public.user_api_keys set state = 'odd'");
                assertThat(person.get("/api/user/api-keys").json().get("apiKeys")).isEmpty();
                saveAKey(person);
                assertThat(person.get("/api/user/api-keys").json().get("apiKeys")).hasSize(1);
            } finally {
                for (String table : TABLES) {
                    statement.execute("delete from public." + table + " where user_id = '" + person.id() + "'");
                }
                for (String check : checks) {
                    statement.execute(check);
                }
            }
        }
    }

    private void saveAKey(TestPerson person) {
        assertThat(person.post("/api/user/api-keys", Map.of("service_name", "twitter_bearer", "api_key", sandbox.issueToken())).status()).isEqualTo(200);
    }
}
