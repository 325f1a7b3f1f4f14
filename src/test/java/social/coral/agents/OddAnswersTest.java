package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import social.coral.CoralTest;
import social.coral.Tenants;
import social.coral.api.Page;
import social.coral.content.AccountState;
import social.coral.content.CollectedPost;
import social.coral.content.CollectedPosts;
import social.coral.content.PostFilter;
import social.coral.content.Username;
import social.coral.content.XAccount;
import social.coral.content.XAccounts;
import social.coral.egress.Peer;
import social.coral.networks.TestNetwork;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/**
 * Runs of many tenants at once, to each of whom X answers the second page of an account in another odd way. The first page is good,
 * and so is another account.
 */
@CoralTest
@DirtiesContext
class OddAnswersTest {

    private static final TestNetwork NETWORK = new TestNetwork();
    private static final String ODD = "odd_one";
    private static final String GOOD = "good_one";
    private static final String NOTHING_STORED = "Nothing was stored. If this keeps happening, tell your administrator.";

    /** An answer, and the words in which a person is told of it. */
    private record Odd(String what, Peer.Answer answer, RunStatus end, String words) {}

    private record Case(Odd odd, String key, Tenant tenant, UUID run) {}

    @Autowired
    Databases databases;

    @Autowired
    ApiKeys keys;

    @Autowired
    XAccounts accounts;

    @Autowired
    CollectedPosts posts;

    @Autowired
    Agents agents;

    @Autowired
    Runs runs;

    @DynamicPropertySource
    static void thatNetworkIsX(DynamicPropertyRegistry registry) {
        NETWORK.becomeX(registry);
    }

    @AfterAll
    static void close() {
        NETWORK.close();
    }

    @Test
    void eachOddAnswerFailsOnlyWhatNeededItInWordsAndWhatIsMissingComesWhenXIsItselfAgain() throws Exception {
        List<Odd> all = oddAnswers();
        List<Case> cases = IntStream.range(0, all.size()).mapToObj(number -> begun(number, all.get(number))).toList();
        for (Case one : cases) {
            await().atMost(Duration.ofMinutes(2)).until(() -> read(one).status().isOver() || read(one).status() == RunStatus.WAITING);
            AgentRun run = read(one);
            assertThat(run.status()).as(one.toString()).isEqualTo(one.odd().end());
            assertThat(run.failedSteps()).as(one.toString()).hasSameSizeAs(run.status() == RunStatus.WAITING ? List.of() : List.of(one));
            String told = String.valueOf(run.status() == RunStatus.SUCCEEDED ? run.failedSteps().getFirst().error() : run.error());
            assertThat(told).contains(one.odd().words()).doesNotContain("<", one.key(), "our side", "X_API_URL");
            assertThat(stored(one)).as("only the page that was good").containsExactlyInAnyOrder("11", "12");
            assertThat(one.tenant().call(() -> keys.find(ServiceName.TWITTER_BEARER).orElseThrow().state()))
                    .as(told).isEqualTo(run.status() == RunStatus.FAILED ? ApiKey.State.REFUSED : ApiKey.State.VALID);
            if (run.status() == RunStatus.SUCCEEDED) {
                assertThat(run.failedSteps()).extracting(AgentRun.RunStep::name).containsExactly("@" + ODD);
                boolean isOfAccount = Stream.of("came back instead", "did not answer in time", "broke off", "answered with an error").noneMatch(told::contains);
                assertThat(account(one)).as("what may pass, or something in between says, marks nothing").matches(account -> isOfAccount
                        ? account.state() == AccountState.FAILING && told.equals(account.stateDetail())
                        : account.state() == AccountState.OK && account.stateDetail() == null);
            }
        }
        cases.forEach(one -> NETWORK.with(one.key(), TestNetwork.posts(OddAnswersTest::good)));
        for (Case one : cases) {
            one.tenant().run(() -> {
                if (!runs.find(one.run()).orElseThrow().status().isOver()) {
                    runs.cancel(one.run());
                }
                runs.retry(one.run());
            });
        }
        for (Case one : cases) {
            await().atMost(Duration.ofMinutes(2)).until(() -> read(one).status().isOver());
            assertThat(read(one).status()).as(one.odd().words()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(stored(one)).containsExactlyInAnyOrder("11", "12", "1", "2");
        }
    }

    @Test
    void pagesOfOddPostsAloneAreLeftOutByNameAndReadOnce() throws Exception {
        List<String> odd = List.of(page("123456789012345678901", "\"2026-01-01T00:00:00Z\"", "null"), page("1", "\"9999-01-01T00:00:00Z\""),
                page("1", "\"0001-01-01T00:00:00Z\""), page("1", "\"2026-02-30T00:00:00Z\""), page("1", "1e400"), page("1", "1e999999999"),
                page("1", "-99999999999999999999"), page("1", "{}"), page("1", "null"));
        List<Case> cases = IntStream.range(0, odd.size()).mapToObj(number -> {
            String key = "odd-page-" + number + "-0123456789abcdef";
            NETWORK.with(key, TestNetwork.posts(request -> request.contains("pagination_token=more") ? TestNetwork.json(odd.get(number))
                    : request.contains("since_id=12") ? TestNetwork.json("{\"meta\":{\"result_count\":0}}") : good(request)));
            return begun(key, odd(OddAnswersTest::trickle, odd.get(number)));
        }).toList();
        for (Case one : cases) {
            await().atMost(Duration.ofMinutes(2)).until(() -> read(one).status().isOver());
            assertThat(read(one).status()).as(read(one).toString()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(read(one).failedSteps()).isEmpty();
            assertThat(read(one).steps()).extracting(AgentRun.RunStep::summary).anySatisfy(summary -> assertThat(summary).startsWith("2 new posts; left out 2 posts: "));
            assertThat(account(one).state()).isEqualTo(AccountState.OK);
            assertThat(stored(one)).containsExactlyInAnyOrder("11", "12");
        }
        List<UUID> again = cases.stream().map(one -> started(one.tenant())).toList();
        for (int i = 0; i < again.size(); i++) {
            Case second = new Case(cases.get(i).odd(), cases.get(i).key(), cases.get(i).tenant(), again.get(i));
            await().atMost(Duration.ofMinutes(2)).until(() -> read(second).status().isOver());
            assertThat(read(second).steps()).extracting(AgentRun.RunStep::summary).containsOnly("0 new posts");
        }
    }

    @Test
    void pagesWithoutEndEndInWordsAndTheOtherAccountIsRead() throws Exception {
        String key = "endless-0123456789abcdef";
        AtomicInteger pages = new AtomicInteger();
        NETWORK.with(key, TestNetwork.posts(request -> TestNetwork.json(request.contains("/" + TestNetwork.idOf(ODD) + "/")
                ? "{\"meta\":{\"result_count\":0,\"next_token\":\"t%d\"}}".formatted(pages.incrementAndGet())
                : page("1", "\"2026-01-01T00:00:00Z\"", "\"2150-01-01T00:00:00Z\"").replace(TestNetwork.idOf(ODD), TestNetwork.idOf(GOOD)))));
        Case one = begun(key, odd(OddAnswersTest::trickle, "After 100 pages"));
        await().atMost(Duration.ofMinutes(2)).until(() -> read(one).status().isOver());
        assertThat(read(one).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(read(one).failedSteps()).singleElement().matches(step -> String.valueOf(step.error()).startsWith(one.odd().words()));
        assertThat(account(one).state()).isEqualTo(AccountState.FAILING);
        assertThat(stored(one)).containsExactly("1");
        assertThat(read(one).steps()).filteredOn(step -> step.name().equals("@" + GOOD)).singleElement()
                .matches(step -> "1 new post; left out 1 post: 2 (with a time at which none can have been written)".equals(step.summary()));
        assertThat(pages).hasValue(100);
    }

    private static List<Odd> oddAnswers() throws IOException {
        return Stream.concat(
                        Stream.of(
                                odd(OddAnswersTest::trickle, "X did not answer in time"),
                                odd(raw("200 OK\r\nContent-Length: 5000", "{\"data\":["), "X broke off before its answer was complete"),
                                odd(packed(new byte[50 << 20]), "sent far too much"),
                                odd(raw("200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4", "none"), "sent something that cannot be read"),
                                odd(raw("200 OK\r\nContent-Encoding: br\r\nContent-Length: 4", "none"), "sent something that cannot be read"),
                                odd(raw("200 OK" + "\r\nX-Filler: y".repeat(10_000), ""), "sent far too much"),
                                odd(raw("200 OK\r\nX-Long: " + "y".repeat(100_000), ""), "sent far too much"),
                                odd(raw("200 OK\r\nContent-Type: application/json; charset=iso-8859-1\r\nContent-Length: 4", "caf\u00e9"), "sent something that cannot be read"),
                                odd(Peer.text("204 None", ""), "another server's answer came back instead (status 204)"),
                                odd(Peer.text("302 Found\r\nLocation: http://127.0.0.1:1/", ""), "a redirect came back instead (status 302)"),
                                odd(Peer.text("403 Forbidden", "<html>Blocked</html>"), "a web page came back instead (status 403)"),
                                odd(Peer.text("502 Bad Gateway", "<html>Bad gateway</html>"), "a web page came back instead (status 502)"),
                                odd(Peer.text("999 What", ""), "X answered with an error (status 999)"),
                                new Odd("429", Peer.text("429 Slow\r\nx-rate-limit-reset: 253402300799", "<html>"), RunStatus.WAITING, "X has asked us to slow down"),
                                new Odd("429", Peer.text("429 Slow\r\nRetry-After: next week", ""), RunStatus.WAITING, "X has asked us to slow down"),
                                new Odd("401", Peer.text("401 No", "{\"title\":\"Unauthorized\"}"), RunStatus.FAILED, "does not accept the bearer token")),
                        Stream.of(
                                        "<!doctype html><title>Sign in to the hotel's network</title>", "", "null", "17", "[{\"id\":\"1\"}]", "{\"data\":\"none\"}",
                                        "{\"data\":{\"id\":\"1\"}}", "{\"data\":[{\"id\":\"1\"", "{\"x\":" + "[".repeat(100_000), "{\"x\":" + "9".repeat(100_000) + "}",
                                        page("1", "\"2026-01-01T00:00:00Z\"") + " and more")
                                .map(body -> new Odd(body.substring(0, Math.min(200, body.length())), TestNetwork.json(body), RunStatus.SUCCEEDED, NOTHING_STORED)))
                .toList();
    }

    private static Odd odd(Peer.Answer answer, String words) {
        return new Odd(words, answer, RunStatus.SUCCEEDED, words);
    }

    private static Peer.Answer raw(String head, String body) {
        return out -> {
            out.write(("HTTP/1.1 " + head + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
            out.close();
        };
    }

    private static void trickle(OutputStream out) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        try {
            for (;;) {
                out.write(' ');
                out.flush();
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Peer.Answer packed(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(content);
        }
        return out -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bytes.size() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            bytes.writeTo(out);
        };
    }

    private static String page(String id, String createdAt) {
        return page(id, createdAt, createdAt);
    }

    private static String page(String id, String createdAt, String secondAt) {
        return "{\"data\":[{\"id\":\"%s\",\"text\":\"a\\u0000b\",\"author_id\":\"@\",\"created_at\":%s},{\"id\":\"2\",\"text\":\"c\",\"author_id\":\"@\",\"created_at\":%s}]}"
                .formatted(id, createdAt, secondAt).replace("@", TestNetwork.idOf(ODD));
    }

    private static Peer.Answer good(String request) {
        if (!request.contains("/" + TestNetwork.idOf(ODD) + "/")) {
            return TestNetwork.json("{\"meta\":{\"result_count\":0}}");
        }
        return TestNetwork.json(request.contains("pagination_token=more")
                ? page("1", "\"2026-01-01T00:00:00Z\"")
                : page("1", "\"2026-01-01T00:00:00Z\"").replace("\"id\":\"", "\"id\":\"1").replace("}]", "}],\"meta\":{\"next_token\":\"more\"}"));
    }

    private Case begun(int number, Odd odd) {
        String key = "odd-" + number + "-0123456789abcdef";
        NETWORK.with(key, TestNetwork.posts(request -> request.contains("pagination_token=more") ? odd.answer() : good(request)));
        return begun(key, odd);
    }

    private Case begun(String key, Odd odd) {
        Tenant tenant = Tenants.aTenant(databases);
        try {
            return tenant.call(() -> {
                keys.save(ServiceName.TWITTER_BEARER, key);
                accounts.add(Username.of("username", ODD), 90);
                accounts.add(Username.of("username", GOOD), 10);
                return new Case(odd, key, tenant, agents.run("tweet-scraping").id());
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private UUID started(Tenant tenant) {
        try {
            return tenant.call(() -> agents.run("tweet-scraping").id());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private AgentRun read(Case one) throws Exception {
        return one.tenant().call(() -> runs.find(one.run()).orElseThrow());
    }

    private List<String> stored(Case one) throws Exception {
        return one.tenant().call(() -> posts.list(PostFilter.ALL, new Page(100, 0)).stream().map(CollectedPost::tweetId).toList());
    }

    private XAccount account(Case one) throws Exception {
        return one.tenant().call(() -> accounts.all().stream().filter(account -> account.username().equals(ODD)).findFirst().orElseThrow());
    }
}
