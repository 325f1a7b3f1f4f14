package social.coral.networks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.coral.egress.Egress;
import social.coral.egress.TestEgress;
import social.coral.sandbox.Sandbox;
import social.coral.sandbox.TestSandbox;
import social.coral.services.Backoff;
import social.coral.services.EnteredCalls;
import social.coral.services.ServiceFault;
import social.coral.usage.Call.Outcome;
import social.coral.vault.ServiceName;

/** X read as the account that keys act as: the sandbox with its key, and X with the four that sign together. */
class OwnAccountTest {

    private static final Pattern PARAMETER = Pattern.compile("(oauth_\\w+)=\"([^\"]*)\"");
    private static final OAuthKeys KEYS = new OAuthKeys("app", "app-secret", "77-token", "token-secret");
    private static final NetworkUser ME = new NetworkUser("77", "my_brand", "My Brand");
    private static final String MENTION = """
            {"id":"1800000000000000001","text":"@my_brand Tea?","author_id":"42","created_at":"2026-02-28T08:30:00.000Z","conversation_id":"1800000000000000000",
             "referenced_tweets":[{"type":"replied_to","id":"1800000000000000000"}],"reply_settings":"%s"}""";
    private static final String AUTHOR = "{\"id\":\"42\",\"username\":\"Reef_Notes\",\"name\":\"Reef Notes\"}";

    @RegisterExtension
    static final WireMockExtension X = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    private final MovableClock clock = new MovableClock();
    private final EnteredCalls ledger = new EnteredCalls();
    private final Egress egress = TestEgress.openTo(X.baseUrl());
    private Sandbox sandbox;
    private Networks networks;

    @BeforeEach
    void start(@TempDir Path folder) {
        sandbox = TestSandbox.in(folder, egress, clock);
        networks = new Networks(egress, new NetworksSettings(X.baseUrl()), sandbox, clock, new Backoff(() -> 0L, duration -> {}));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private OwnAccount onX() {
        return networks.ownAccount(KEYS, "1", ledger);
    }

    private OwnAccount inSandbox(String key) {
        return networks.ownAccount(BearerToken.of(sandbox.actingToken(key)), "1", ledger);
    }

    private static List<AuthoredPost> all(OwnAccount account, @Nullable String since) {
        List<AuthoredPost> all = new ArrayList<>();
        String token = null;
        do {
            MentionPage page = account.mentions(account.me(), PostQuery.newest(20).since(since).page(token));
            assertThat(page.leftOut()).isEmpty();
            all.addAll(page.posts());
            token = page.nextToken();
        } while (token != null);
        return all;
    }

    @Test
    void aKeyOfTheSandboxActsAsOneAccountThereAndAnotherKeyAsAnother() {
        String key = sandbox.issueToken();
        assertThat(inSandbox(key).me()).isEqualTo(inSandbox(key).me()).isNotEqualTo(inSandbox(sandbox.issueToken()).me());
        assertThat(inSandbox(key).network()).isEqualTo(Network.SANDBOX);
        assertThat(catchThrowableOfType(ServiceFault.KeyRefused.class, () -> inSandbox("sandbox-expired-1").me()).key()).isEqualTo(ServiceName.TWITTER_BEARER);
    }

    @Test
    void mentionsComeInPagesWithTheirAuthorsAndSinceTheLastOneOnlyTheNewOnes() {
        String key = sandbox.issueToken();
        OwnAccount account = inSandbox(key);
        sandbox.post(key, "Seagrass keeps the water clear.", clock.instant());
        List<AuthoredPost> before = all(account, null);
        assertThat(before).hasSizeGreaterThan(20).allMatch(one -> one.post().text().startsWith("@" + account.me().handle() + " ") && !one.authorName().isBlank());
        assertThat(before.stream().map(one -> one.post().id())).doesNotHaveDuplicates();
        assertThat(before.stream().map(AuthoredPost::limited)).contains(true, false);

        clock.forward(Duration.ofHours(30));
        List<AuthoredPost> fresh = all(account, before.getFirst().post().id());
        assertThat(fresh).hasSizeBetween(3, 20).noneMatch(before::contains);
        String parent = fresh.stream().map(one -> one.post().inReplyToId()).filter(id -> id != null).findFirst().orElseThrow();
        OwnAccount.Found found = account.posts(List.of(parent, "12345"));
        assertThat(found.posts()).containsOnlyKeys(parent);
        assertThat(found.posts().get(parent)).isNotNull().extracting(AuthoredPost::authorId).isEqualTo(account.me().id());
        assertThat(found.closed()).isEmpty();
        assertThat(ledger.stillOpen()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"429, Postponed", "500, Unavailable", "reset, Unavailable", "malformed, Intercepted", "expired_token, KeyRefused", "402, PlanRefused", "not_enrolled, PlanRefused",
        "usage_capped, PlanRefused", "daily_limit, Postponed", "truncated, Unavailable", "blocked, Intercepted"})
    void theFaultsOfTheSandboxComeWithMentionsToo(String kind, String fault) throws Exception {
        OwnAccount account = inSandbox(sandbox.issueToken());
        NetworkUser me = account.me();
        HttpRequest order = HttpRequest.newBuilder(URI.create(sandbox.address() + "/sandbox/faults"))
                .POST(BodyPublishers.ofString("{\"kind\":\"%s\",\"handle\":\"%s\",\"times\":9}".formatted(kind, me.handle()))).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(order, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
        }
        assertThat(catchThrowable(() -> account.mentions(me, PostQuery.newest(5)))).as(kind).isInstanceOf(ServiceFault.class)
                .extracting(thrown -> thrown.getClass().getSimpleName()).isEqualTo(fault);
        assertThat(ledger.stillOpen()).isZero();
    }

    @Test
    void eachRequestIsSignedAnewAndNoSecretIsSent() {
        X.stubFor(get(urlPathEqualTo("/2/users/77/mentions")).inScenario("once").whenScenarioStateIs(Scenario.STARTED).willSetStateTo("then").willReturn(aResponse().withStatus(500)
                .withBody("{\"title\":\"Internal Server Error\"}")));
        X.stubFor(get(urlPathEqualTo("/2/users/77/mentions")).inScenario("once").whenScenarioStateIs("then")
                .willReturn(okJson("{\"data\":[" + MENTION.formatted("everyone") + "],\"includes\":{\"users\":[" + AUTHOR + "]},\"meta\":{\"result_count\":1}}")));
        MentionPage page = onX().mentions(ME, PostQuery.newest(10).since("5"));
        assertThat(page.posts()).singleElement().satisfies(one -> {
            assertThat(one.post().author()).isEqualTo("reef_notes");
            assertThat(one.authorId()).isEqualTo("42");
            assertThat(one.authorName()).isEqualTo("Reef Notes");
            assertThat(one.limited()).isFalse();
        });
        List<String> sent = X.getAllServeEvents().stream().map(event -> event.getRequest()).map(OwnAccountTest::signature).toList();
        assertThat(sent).hasSize(2).doesNotHaveDuplicates();
        assertThat(X.getAllServeEvents().toString()).doesNotContain("app-secret", "token-secret");
        assertThat(ledger.list()).extracting(EnteredCalls.Entered::toString).hasSize(4);
        assertThat(ledger.list().stream().filter(one -> one.outcome() == Outcome.OK))
                .extracting(one -> one.call().unit() + " " + one.used().units() + " of " + one.most().units()).containsExactlyInAnyOrder("post 1 of 10", "user 1 of 10");
    }

    /** The signature of a request, if it is the right one. */
    private static String signature(LoggedRequest request) {
        Map<String, String> sent = PARAMETER.matcher(request.getHeader("Authorization")).results()
                .collect(Collectors.toMap(pair -> pair.group(1), pair -> URLDecoder.decode(pair.group(2), StandardCharsets.UTF_8)));
        String signature = String.valueOf(sent.remove("oauth_signature"));
        assertThat(OAuthSignature.of("GET", URI.create(request.getAbsoluteUrl()), sent, "app-secret", "token-secret")).isEqualTo(signature);
        return signature;
    }

    @Test
    void whoMayNotReplyIsKnownAndAPostWithoutItsAuthorIsLeftOut() {
        X.stubFor(get(urlPathEqualTo("/2/users/77/mentions")).willReturn(okJson("{\"data\":[" + MENTION.formatted("following") + ","
                + MENTION.formatted("everyone").replace("\"42\"", "\"43\"").replace("0001", "0002") + "],\"includes\":{\"users\":[" + AUTHOR + ",7]},\"meta\":{}}")));
        MentionPage page = onX().mentions(ME, PostQuery.newest(10));
        assertThat(page.posts()).singleElement().extracting(AuthoredPost::limited).isEqualTo(true);
        assertThat(page.leftOut()).extracting(LeftOut::why).containsExactly("without its author");
        assertThat(page.newestId()).isEqualTo("1800000000000000002");
    }

    @Test
    void aPostThatIsNotShownToTheAccountIsToldFromOneThatIsGone() {
        X.stubFor(get(urlPathEqualTo("/2/tweets")).willReturn(okJson("""
                {"errors":[{"resource_id":"11","value":"11","parameter":"ids","resource_type":"tweet","title":"Authorization Error",
                  "detail":"Sorry, you are not authorized to see the Tweet with ids: [11].","type":"https://api.twitter.com/2/problems/not-authorized-for-resource"},
                 {"resource_id":"12","value":"12","parameter":"ids","resource_type":"tweet","title":"Not Found Error",
                  "detail":"Could not find tweet with ids: [12].","type":"https://api.twitter.com/2/problems/resource-not-found"}]}""")));
        OwnAccount.Found found = onX().posts(List.of("11", "12"));
        assertThat(found.posts()).isEmpty();
        assertThat(found.closed()).containsExactly("11");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "401 | {\"errors\":[{\"code\":89,\"message\":\"Invalid or expired token.\"}]} | KeyRefused | access token",
        "401 | {\"title\":\"Unauthorized\",\"type\":\"about:blank\",\"status\":401,\"detail\":\"Unauthorized\"} | KeyRefused | four keys",
        "401 | {\"errors\":[{\"code\":135,\"message\":\"Timestamp out of bounds.\"}]} | Unavailable | clock of this server",
        "403 | {\"title\":\"Forbidden\",\"detail\":\"Your client app is not configured with the appropriate oauth1 app permissions for this endpoint.\",\"type\":\"https://api.twitter.com/2/problems/oauth1-permissions\"} | KeyRefused | permissions of your app",
        "403 | {\"title\":\"Forbidden\",\"detail\":\"Your account is suspended and is not permitted to access this feature.\"} | KeyRefused | permissions",
        "402 | {\"title\":\"CreditsDepleted\",\"type\":\"https://api.twitter.com/2/problems/credits\"} | PlanRefused | credits",
        "403 | {\"title\":\"Client Forbidden\",\"reason\":\"client-not-enrolled\",\"type\":\"https://api.twitter.com/2/problems/client-forbidden\"} | PlanRefused | project or plan"})
    void whatXRefusesIsBlamedOnTheKeysThatSigned(int status, String body, String fault, String words) {
        X.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
        Throwable thrown = catchThrowable(() -> onX().me());
        assertThat(thrown).extracting(one -> one.getClass().getSimpleName()).isEqualTo(fault);
        assertThat(thrown).hasMessageContaining(words);
        if (thrown instanceof ServiceFault.KeyRefused refused) {
            assertThat(refused.key().group()).contains(ServiceName.TWITTER_ACCESS_TOKEN_SECRET);
        }
    }
}
