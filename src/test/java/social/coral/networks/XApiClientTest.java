package social.coral.networks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.egress.Egress;
import social.coral.egress.Peer;
import social.coral.egress.TestEgress;
import social.coral.services.Backoff;
import social.coral.services.EnteredCalls;
import social.coral.services.ServiceFault;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.Call.Outcome;

class XApiClientTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String SECRET = "AAAAAAAAsecret%3D";
    private static final String POST = """
            {"id":"1800000000000000001","text":"Tea &amp; toast &lt;3","author_id":"42","created_at":"2026-02-28T08:30:00.000Z",
             "lang":"en","conversation_id":"1800000000000000000","referenced_tweets":[{"type":"replied_to","id":"1800000000000000000"}],
             "public_metrics":{"like_count":7,"retweet_count":2,"reply_count":1,"quote_count":0,"impression_count":900},"new_field":[1]}""";

    @RegisterExtension
    static final WireMockExtension X = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    private final EnteredCalls ledger = new EnteredCalls();
    private final List<Duration> waits = new ArrayList<>();

    private SocialNetwork network() {
        return network(X.baseUrl());
    }

    private SocialNetwork network(String url) {
        Egress egress = TestEgress.openTo(url);
        BearerToken token = BearerToken.of(SECRET);
        XFaults faults = new XFaults(token);
        Backoff backoff = new Backoff(() -> 0L, waits::add);
        XCalls calls = new XCalls(egress, URI.create(url), token, ledger, Clock.fixed(NOW, ZoneOffset.UTC), backoff, faults);
        return new XApiClient(Network.X, calls, faults);
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        X.stubFor(get(anyUrl()).willReturn(answer));
    }

    private <T extends ServiceFault> T faultOf(Class<T> type) {
        T fault = catchThrowableOfType(type, () -> network().postsOf("42", "reef_watch", PostQuery.newest(100)));
        assertThat(fault).as("a fault").isNotNull();
        assertThat(fault.sentence()).isNotBlank().doesNotContain(SECRET);
        return fault;
    }

    @Test
    void aPostIsReadWhole() {
        answers(okJson("{\"data\":[" + POST + "],\"meta\":{\"next_token\":\"older\",\"result_count\":1}}"));
        PostPage page = network().postsOf("42", "reef_watch", PostQuery.newest(100).since("17"));
        assertThat(page).isEqualTo(new PostPage(List.of(new Post("1800000000000000001", "reef_watch", "Tea & toast <3",
                Instant.parse("2026-02-28T08:30:00Z"), "en", "1800000000000000000", "1800000000000000000", new PostCounts(7, 2, 1))),
                "older", "1800000000000000001", List.of()));
        X.verify(getRequestedFor(urlPathEqualTo("/2/users/42/tweets"))
                .withHeader("Authorization", equalTo("Bearer " + SECRET))
                .withQueryParam("since_id", equalTo("17"))
                .withQueryParam("max_results", equalTo("100")));
        assertThat(ledger.list()).containsExactly(new EnteredCalls.Entered(
                new Call("x", "GET /2/users/{id}/tweets", "post"), Amount.units(100), Outcome.OK, Amount.units(1)));
    }

    @Test
    void aCallThatIsCutShortIsChargedTheMostThatXCanHaveDelivered() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        AtomicReference<Throwable> end = new AtomicReference<>();
        try (Peer slow = Peer.thatChooses(head -> out -> {
            called.countDown();
            awaitQuietly(released);
        })) {
            Thread caller = Thread.ofVirtual().start(() -> end.set(catchThrowable(() -> network(slow.url()).postsOf("42", "reef_watch", PostQuery.newest(100)))));
            called.await();
            caller.interrupt();
            caller.join();
            released.countDown();
        }
        assertThat(end.get()).isInstanceOf(CancellationException.class);
        assertThat(ledger.stillOpen()).isZero();
        assertThat(ledger.list()).containsExactly(new EnteredCalls.Entered(
                new Call("x", "GET /2/users/{id}/tweets", "post"), Amount.units(100), Outcome.CUT_SHORT, Amount.units(100)));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theTextOfALongPostIsNotCutOff() {
        answers(okJson("{\"data\":[" + POST.replace("\"lang\"", "\"note_tweet\":{\"text\":\"" + "long ".repeat(200) + "\"},\"lang\"") + "]}"));
        assertThat(network().postsOf("42", "reef_watch", PostQuery.newest(5)).posts().getFirst().text()).hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"data\":[],\"meta\":{\"next_token\":\"%TOKEN%\"}}",
        "{\"data\":[],\"meta\":{\"next_token\":\"\\u0000\"}}"
    })
    void aTokenThatCannotBeStoredEndsTheTimeline(String answer) {
        answers(okJson(answer.replace("%TOKEN%", "A".repeat(1001))));
        assertThat(network().postsOf("42", "reef_watch", PostQuery.newest(100)))
                .matches(page -> page.nextToken() == null && String.valueOf(page.restLost()).contains("a token that cannot be used"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Tea &amp; toast &lt;3|\\u0000\\ud800 |without text",
        "\"author_id\":\"42\"|\"author_id\":\"43\"|of another account",
        "2026-02-28T|2150-02-28T|with a time",
        "2026-02-28T|1971-02-28T|with a time",
        "\"id\":\"1800000000000000002\"|\"id\":\"9800000000000000002\"|proper id"
    })
    void whatIsNoPostIsLeftOutByNameAndTheOthersAreTaken(String good, String bad, String words) {
        String odd = POST.replace("\"id\":\"1800000000000000001\"", "\"id\":\"1800000000000000002\"").replace(good, bad);
        answers(okJson("{\"data\":[" + odd + "," + POST + "]}"));
        PostPage page = network().postsOf("42", "reef_watch", PostQuery.newest(100));
        assertThat(page.posts()).extracting(Post::id).containsExactly("1800000000000000001");
        assertThat(LeftOut.summary(page.leftOut())).startsWith("left out 1 post: ").contains("800000000000000002", words);
        assertThat(page.newestId()).as("it is not asked for again, unless its id is from the future")
                .isEqualTo(bad.contains("98") ? "1800000000000000001" : "1800000000000000002");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"like_count\":7|\"like_count\":\"many\"",
        "\"like_count\":7|\"like_count\":{}",
        "\"lang\":\"en\"|\"lang\":[1]",
        "\"referenced_tweets\":[|\"referenced_tweets\":\"none\",\"x\":[",
        "\"new_field\"|\"note_tweet\":\"long\",\"new_field\""
    })
    void anOddPartOfAPostCostsItselfAndNotThePost(String good, String odd) {
        answers(okJson("{\"data\":[" + POST.replace(good, odd) + "],\"errors\":[\"odd\",null]}"));
        PostPage page = network().postsOf("42", "reef_watch", PostQuery.newest(100));
        assertThat(page.leftOut()).isEmpty();
        assertThat(page.posts()).singleElement().matches(post -> post.text().equals("Tea & toast <3") && post.counts().retweets() == 2);
    }

    @Test
    void countsThatCannotBeReadDoNotReplaceThoseThatAreKnown() {
        answers(okJson("{\"data\":[" + POST.replace("\"like_count\":7", "\"like_count\":\"many\"") + "," + POST.replace("0001\"", "0002\"") + "]}"));
        assertThat(network().counts(List.of("1800000000000000001"))).containsOnlyKeys("1800000000000000002");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"id\":\"7\",\"text\":null,\"author_id\":\"42\",\"created_at\":\"2026-02-28T08:30:00Z\"}",
        "{\"id\":\"7\",\"text\":\"a\",\"author_id\":\"42\",\"created_at\":\"yesterday\"}",
        "{\"id\":\"7\",\"text\":\"a\",\"author_id\":\"42\",\"created_at\":\"+999999999-12-31T00:00:00Z\"}",
        "{\"id\":\"7\",\"text\":[],\"author_id\":\"42\",\"created_at\":\"2026-02-28T08:30:00Z\"}",
        "{\"id\":\"0\",\"text\":\"a\",\"author_id\":\"42\",\"created_at\":\"2026-02-28T08:30:00Z\"}",
        "{\"id\":\"../../x\",\"text\":\"a\",\"author_id\":\"42\",\"created_at\":\"2026-02-28T08:30:00Z\"}",
        "17", "null", "{}", "[]"
    })
    void aPageOfOddPostsAloneIsLeftOutByNameAndTheNextOneIsRead(String odd) {
        answers(okJson("{\"data\":[" + odd + "],\"meta\":{\"next_token\":\"older\"}}"));
        PostPage page = network().postsOf("42", "reef_watch", PostQuery.newest(100));
        String id = odd.contains("\"7\"") ? "7" : null;
        assertThat(page.posts()).isEmpty();
        assertThat(page.leftOut()).singleElement().extracting(LeftOut::id).isEqualTo(id);
        assertThat(page.newestId()).as("it is not asked for again").isEqualTo(id);
        assertThat(page.nextToken()).isEqualTo("older");
    }

    @Test
    void anotherAccountThanWasAskedForIsNotTakenForIt() {
        answers(okJson("{\"data\":{\"id\":\"7\",\"username\":\"Somebody\",\"name\":\"Somebody\"}}"));
        assertThat(network().user("somebody").id()).isEqualTo("7");
        assertThatThrownBy(() -> network().user("nobody")).isInstanceOf(ServiceFault.Malformed.class);
    }

    @Test
    void whatWasWrittenAsAnEntityStaysOne() {
        answers(okJson("{\"data\":[" + POST.replace("&lt;3", "&amp;lt;b&amp;gt;") + "]}"));
        assertThat(network().postsOf("42", "reef_watch", PostQuery.newest(5)).posts()).extracting(Post::text).containsExactly("Tea & toast &lt;b&gt;");
    }

    @Test
    void aProtectedTimelineIsToldFromAnUnknownAccount() {
        answers(okJson("""
                {"errors":[{"title":"Authorization Error","detail":"Sorry, you are not authorized to see the user with id: [42].",
                 "type":"https://api.twitter.com/2/problems/not-authorized-for-resource","parameter":"id","resource_id":"42"}]}"""));
        faultOf(ServiceFault.Forbidden.class);
        answers(okJson("{\"errors\":[{\"title\":\"Not Found Error\",\"detail\":\"Could not find user with id: [42].\"}]}"));
        faultOf(ServiceFault.NotFound.class);
    }

    @ParameterizedTest
    @CsvSource({"Service Unavailable,https://api.twitter.com/2/problems/service-unavailable", "Internal Error,about:blank"})
    void aPassingErrorInAnAnswerDoesNotMakeAnAccountUnknown(String words, String type) {
        answers(okJson("{\"errors\":[{\"title\":\"%s\",\"detail\":\"%s\",\"type\":\"%s\"}]}".formatted(words, words, type)));
        assertThat(faultOf(ServiceFault.Unavailable.class).sentence()).contains(words);
        assertThatThrownBy(() -> network().user("somebody")).isInstanceOf(ServiceFault.Unavailable.class);
    }

    @Test
    void anErrorAboutWhatPostsReferToIsNoneOfTheAccount() {
        answers(okJson("""
                {"meta":{"result_count":0},"errors":[{"value":"1","detail":"Could not find tweet with referenced_tweets.id: [1].","title":"Not Found Error",
                 "resource_type":"tweet","parameter":"referenced_tweets.id","type":"https://api.twitter.com/2/problems/resource-not-found"}]}"""));
        assertThat(network().postsOf("42", "reef_watch", PostQuery.newest(100)).posts()).isEmpty();
    }

    @Test
    void aPassingFaultIsTriedAgainTwiceAndThenTold() {
        answers(aResponse().withStatus(503));
        faultOf(ServiceFault.Unavailable.class);
        assertThat(ledger.list()).hasSize(3).allMatch(call -> call.outcome() == Outcome.FAILED);
        assertThat(waits).hasSize(2);
    }

    @Test
    void aCallThatNeverLeftThisMachineIsNotCounted() throws IOException {
        int closed;
        try (ServerSocket free = new ServerSocket(0)) {
            closed = free.getLocalPort();
        }
        SocialNetwork away = network("http://localhost:" + closed);
        assertThat(catchThrowableOfType(ServiceFault.class, () -> away.postsOf("42", "reef_watch", PostQuery.newest(100)))).isNotNull();
        assertThat(ledger.list()).isEmpty();
    }

    @Test
    void aConnectionThatBreaksOnceDoesNotDisturb() {
        X.stubFor(get(anyUrl()).inScenario("once").whenScenarioStateIs("mended").willReturn(okJson("{\"meta\":{\"result_count\":0}}")));
        X.stubFor(get(anyUrl()).inScenario("once").whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)).willSetStateTo("mended"));
        assertThat(network().postsOf("42", "reef_watch", PostQuery.newest(5))).isEqualTo(new PostPage(List.of(), null, null, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE", "MALFORMED_RESPONSE_CHUNK"})
    void aBrokenConnectionIsAPassingFault(Fault fault) {
        answers(aResponse().withFault(fault).withHeader("Content-Type", "application/json"));
        faultOf(ServiceFault.Unavailable.class);
        assertThat(ledger.list()).as("X may have sent all of it").isNotEmpty().allMatch(call -> call.used().equals(call.most()));
    }

    @Test
    void anAnswerThatCannotBeReadIsChargedTheMostAndOneWithMoreThanWasAskedForNoMore() {
        answers(okJson("{\"data\":[{\"id\":\"17\",\"text\":\"a"));
        faultOf(ServiceFault.Malformed.class);
        String post = "{\"id\":\"%d\",\"text\":\"a\",\"author_id\":\"42\",\"created_at\":\"2026-02-28T08:30:00Z\"}";
        answers(okJson("{\"data\":[" + IntStream.range(1, 1_500).mapToObj(post::formatted).collect(Collectors.joining(",")) + "],\"meta\":{}}"));
        faultOf(ServiceFault.Malformed.class);
        assertThat(ledger.list()).extracting(EnteredCalls.Entered::used).containsExactly(Amount.units(100), Amount.units(100));
    }

    @Test
    void anAnswerThatEndsBeforeItsStatedLengthIsAPassingFault() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> cutOffEveryAnswer(server));
            ServiceFault fault = catchThrowableOfType(ServiceFault.Unavailable.class,
                    () -> network("http://localhost:" + server.getLocalPort()).postsOf("42", "reef_watch", PostQuery.newest(5)));
            assertThat(fault).isNotNull();
            assertThat(ledger.list()).hasSize(3);
        }
    }

    private static void cutOffEveryAnswer(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                assertThat(socket.getInputStream().read(new byte[8192])).isPositive();
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"data\":[".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                return;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"data\":{}}", "{\"data\":[{\"id\":\"1\"",
        "{\"data\":[{\"id\":\"7\",\"text\":\"a\",\"author_id\":\"43\",\"created_at\":\"2026-02-28T08:30:00Z\"}]}"
    })
    void anAnswerThatIsNotUnderstoodIsNotTakenInParts(String body) {
        answers(aResponse().withStatus(200).withBody(body));
        faultOf(ServiceFault.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"status\":\"login required\"}"})
    void anAnswerWithoutAnyPartOfXsAnswersIsNotTakenForOne(String body) {
        answers(aResponse().withStatus(200).withBody(body));
        faultOf(ServiceFault.Intercepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../tweets", "42/../7", "42?ids=7", "%2e%2e", "42#", ""})
    void anIdOrANameThatLeavesItsPlaceInThePathIsNeitherSentNorTaken(String climbing) {
        answers(okJson("{\"data\":{\"id\":\"" + climbing + "\",\"username\":\"somebody\",\"name\":\"Somebody\"}}"));
        SocialNetwork network = network();
        assertThatIllegalArgumentException().isThrownBy(() -> network.postsOf(climbing, "reef_watch", PostQuery.newest(100)));
        assertThatIllegalArgumentException().isThrownBy(() -> network.user(climbing));
        assertThat(ledger.list()).isEmpty();
        assertThatThrownBy(() -> network.user("somebody")).isInstanceOf(ServiceFault.Malformed.class);
    }

    @Test
    void countsThatAreMissingOrImpossibleAreCountedAsNothing() {
        answers(okJson("{\"data\":[" + POST.replaceAll("\"public_metrics\":\\{[^}]*}",
                "\"public_metrics\":{\"like_count\":-3,\"retweet_count\":null,\"reply_count\":9999999999}") + "]}"));
        assertThat(network().counts(List.of("1"))).containsExactly(Map.entry("1800000000000000001", new PostCounts(0, 0, Integer.MAX_VALUE)));
    }

    @Test
    void aHugeAnswerIsDroppedAndARedirectIsNotFollowed() {
        answers(aResponse().withStatus(200).withBody("x".repeat((8 << 20) + 1)));
        faultOf(ServiceFault.Malformed.class);
        answers(aResponse().withStatus(302).withHeader("Location", "http://169.254.169.254/"));
        faultOf(ServiceFault.Intercepted.class);
        assertThat(ledger.list()).hasSize(2);
    }

    @Test
    void anExpiredPageTokenCanBeToldFromOtherBadRequests() {
        answers(aResponse().withStatus(400).withBody("""
                {"errors":[{"parameters":{"pagination_token":["7140dib"]},"message":"The `pagination_token` query parameter value [7140dib] is not valid"}],
                 "title":"Invalid Request","detail":"One or more parameters to your request was invalid.","type":"https://api.twitter.com/2/problems/invalid-request"}"""));
        ServiceFault.BadRequest fault = faultOf(ServiceFault.BadRequest.class);
        assertThat(fault.concerns("pagination_token")).isTrue();
        assertThat(fault.concerns("since_id")).isFalse();
    }

    @Test
    void aPageThatNamesItselfAsTheNextDoesNotMakeAnEndlessLoop() {
        answers(okJson("{\"data\":[" + POST + "],\"meta\":{\"next_token\":\"again\"}}"));
        assertThat(network().postsOf("42", "reef_watch", PostQuery.newest(100).page("again")))
                .matches(page -> page.posts().size() == 1 && page.nextToken() == null && page.restLost() != null);
    }
}
