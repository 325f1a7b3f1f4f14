package social.coral.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
import social.coral.usage.Call;
import social.coral.vault.ApiKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox over HTTP: reading through the product's client, everything else as any other client would. */
class SandboxTest {

    private final Path folder;
    private final MovableClock clock = new MovableClock();
    private final Egress egress = TestEgress.openTo();
    private final HttpClient http = HttpClient.newHttpClient();
    private final EnteredCalls ledger = new EnteredCalls();
    private Sandbox sandbox;
    private SocialNetwork network;

    SandboxTest(@TempDir Path folder) {
        this.folder = folder;
        this.sandbox = TestSandbox.in(folder, egress, clock);
        this.network = network(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
        http.close();
    }

    private SocialNetwork network(Sandbox started) {
        return new Networks(egress, new NetworksSettings("https://api.x.com"), started, clock, new Backoff(() -> 0L, duration -> {}))
                .with(started.issueToken(), ledger);
    }

    private List<Post> collect(String userId, @Nullable String since) {
        List<Post> all = new ArrayList<>();
        String token = null;
        do {
            PostPage page = network.postsOf(userId, "anybody", PostQuery.newest(100).since(since).page(token));
            all.addAll(page.posts());
            token = page.nextToken();
        } while (token != null);
        return all;
    }

    @Test
    void pagingVisitsEachPostOnceAndSinceIdGivesOnlyTheNewOnes() {
        String id = network.user("orbit_daily").id();
        List<Post> all = collect(id, null);
        assertThat(all).hasSizeGreaterThan(500);
        assertThat(all.stream().map(Post::id)).doesNotHaveDuplicates();
        assertThat(all).isSortedAccordingTo((a, b) -> b.createdAt().compareTo(a.createdAt()));

        clock.forward(Duration.ofHours(30));
        List<Post> fresh = collect(id, all.getFirst().id());
        Set<String> known = all.stream().map(Post::id).collect(Collectors.toSet());
        assertThat(fresh).hasSizeBetween(15, 40).noneMatch(post -> known.contains(post.id()));
        assertThat(ledger.list()).allMatch(call -> call.outcome() == Call.Outcome.OK);
    }

    @Test
    void aPageTokenSurvivesNewPostsAndARestart() {
        String id = network.user("opening_bell_em").id();
        PostPage first = network.postsOf(id, "anybody", PostQuery.newest(20));
        clock.forward(Duration.ofHours(6));
        sandbox.close();
        sandbox = TestSandbox.in(folder, egress, clock);
        network = network(sandbox);
        PostPage second = network.postsOf(id, "anybody", PostQuery.newest(20).page(first.nextToken()));
        List<String> read = new ArrayList<>(first.posts().stream().map(Post::id).toList());
        read.addAll(second.posts().stream().map(Post::id).toList());
        List<String> all = collect(id, null).stream().map(Post::id).toList();
        assertThat(all).containsSequence(read);
    }

    @Test
    void countsGrowBetweenVisits() {
        String id = network.user("orbit_daily").id();
        Post post = network.postsOf(id, "anybody", PostQuery.newest(20)).posts().stream().filter(each -> each.inReplyToId() == null).findFirst().orElseThrow();
        clock.forward(Duration.ofHours(12));
        assertThat(network.counts(List.of(post.id()))).hasEntrySatisfying(post.id(), counts -> assertThat(counts.likes()).isGreaterThan(post.counts().likes()));
    }

    @Test
    void aPlaceThatIsRefusedIsNamedAndPostsCanBeReadByTimeInstead() throws Exception {
        String reef = network.user("reef_notes").id();
        Post tenth = network.postsOf(reef, "reef_notes", PostQuery.newest(10)).posts().getLast();
        send("POST", "/sandbox/faults", null, "{\"kind\":\"since_id\",\"handle\":\"reef_notes\",\"times\":100}");
        assertThat(catchThrowableOfType(ServiceFault.BadRequest.class, () -> network.postsOf(reef, "reef_notes", PostQuery.newest(10).since(tenth.id()))))
                .matches(refused -> refused.concerns("since_id") && !refused.concerns("pagination_token"));
        assertThat(network.postsOf(reef, "reef_notes", PostQuery.newest(20).from(tenth.createdAt())).posts())
                .hasSizeBetween(10, 19).allMatch(post -> !post.createdAt().isBefore(tenth.createdAt().truncatedTo(ChronoUnit.SECONDS)));
    }

    @ParameterizedTest
    @CsvSource({
        "429, Postponed", "500, Unavailable", "503, Unavailable", "reset, Unavailable", "malformed, Intercepted",
        "expired_token, KeyRefused", "truncated, Unavailable", "402, PlanRefused", "usage_capped, PlanRefused", "not_enrolled, PlanRefused",
        "daily_limit, Postponed", "suspended, Forbidden", "protected, Forbidden", "404, NotFound", "blocked, Intercepted"
    })
    void everyFaultComesAsOftenAsItWasOrderedAndOnlyThere(String kind, String fault) throws Exception {
        String reef = network.user("reef_notes").id();
        String orbit = network.user("orbit_daily").id();
        send("POST", "/sandbox/faults", null, "{\"kind\":\"" + kind + "\",\"handle\":\"reef_notes\",\"times\":100,\"seconds\":60}");
        assertThat(network.postsOf(orbit, "anybody", PostQuery.newest(5)).posts()).isNotEmpty();
        Throwable thrown = catchThrowable(() -> network.postsOf(reef, "anybody", PostQuery.newest(5)));
        assertThat(thrown).isInstanceOf(ServiceFault.class);
        assertThat(thrown.getClass().getSimpleName()).isEqualTo(fault);
        if (thrown instanceof ServiceFault.Postponed limited) {
            assertThat(limited.until()).isBetween(clock.instant().plusSeconds(60), clock.instant().plusSeconds(63));
        }
        if (thrown instanceof ServiceFault.KeyRefused refused) {
            assertThat(refused.sentence()).contains("Use the sandbox").doesNotContain("portal");
        }
        if (thrown instanceof ServiceFault.PlanRefused refused) {
            assertThat(refused.sentence()).contains("whatever the key").doesNotContain("portal", "new key");
        }
        send("DELETE", "/sandbox/faults", null, "");
        clock.forward(Duration.ofSeconds(70));
        assertThat(network.postsOf(reef, "anybody", PostQuery.newest(5)).posts()).isNotEmpty();
    }

    @Test
    void aFaultThatComesOnceIsBorneWithoutNotice() throws Exception {
        send("POST", "/sandbox/faults", null, "{\"kind\":\"503\",\"path\":\"/2/users/by\"}");
        assertThat(network.user("reef_notes").handle()).isEqualTo("reef_notes");
        assertThat(ledger.list()).hasSize(2);
    }

    @Test
    void theRateLimitCountsDownAndOpensAgain() throws Exception {
        String token = sandbox.issueToken();
        for (int left = 449; left >= 0; left--) {
            HttpResponse<String> answer = send("GET", "/2/users/by/username/reef_notes", token, null);
            assertThat(answer.headers().firstValue("x-rate-limit-remaining")).hasValue(Integer.toString(left));
        }
        HttpResponse<String> spent = send("GET", "/2/users/by/username/reef_notes", token, null);
        assertThat(spent.statusCode()).isEqualTo(429);
        assertThat(spent.headers().firstValue("x-rate-limit-reset")).hasValue(Long.toString(clock.instant().getEpochSecond() + 900));
        assertThat(send("GET", "/2/tweets?ids=1", token, null).statusCode()).isEqualTo(200);
        clock.forward(Duration.ofMinutes(16));
        assertThat(send("GET", "/2/users/by/username/reef_notes", token, null).statusCode()).isEqualTo(200);
    }

    @Test
    void aPostIsWrittenOnceAnsweredAndTakenBack() throws Exception {
        String token = json(send("POST", "/sandbox/token", null, "{\"handle\":\"my_brand\"}")).path("access_token").stringValue("");
        JsonNode me = json(send("GET", "/2/users/me", token, null)).path("data");
        assertThat(me.path("username").stringValue("")).isEqualTo("my_brand");

        HttpResponse<String> first = send("POST", "/2/tweets", token, "{\"text\":\"Tea & <cake>\"}");
        String id = json(first).path("data").path("id").stringValue("");
        assertThat(first.statusCode()).isEqualTo(201);
        HttpResponse<String> again = send("POST", "/2/tweets", token, "{\"text\":\"Tea & <cake>\"}");
        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(json(again).path("detail").stringValue("")).contains("duplicate content");
        String answer = json(send("POST", "/2/tweets", token, "{\"text\":\"And more\",\"reply\":{\"in_reply_to_tweet_id\":\"" + id + "\"}}"))
                .path("data").path("id").stringValue("");

        List<Post> mine = network.postsOf(me.path("id").stringValue(""), "anybody", PostQuery.newest(5)).posts();
        assertThat(mine).extracting(Post::id).containsExactly(answer, id);
        assertThat(mine).extracting(Post::text).containsExactly("And more", "Tea & <cake>");
        assertThat(mine.getFirst().inReplyToId()).isEqualTo(id);
        assertThat(mine.getFirst().conversationId()).isEqualTo(id);

        assertThat(send("DELETE", "/2/tweets/" + id, token, null).statusCode()).isEqualTo(200);
        assertThat(network.counts(List.of(id, answer))).containsOnlyKeys(answer);
        clock.forward(Duration.ofDays(1));
        JsonNode mentions = json(send("GET", "/2/users/" + me.path("id").stringValue("") + "/mentions?max_results=100", token, null)).path("data");
        assertThat(mentions.size()).isGreaterThan(5);
    }

    @Test
    void whatIsNotAllowedIsRefusedInXsWords() throws Exception {
        String reader = sandbox.issueToken();
        String orbit = network.user("orbit_daily").id();
        assertThat(send("POST", "/2/tweets", reader, "{\"text\":\"no\"}").statusCode()).isEqualTo(403);
        assertThat(send("GET", "/2/users/me", reader, null).statusCode()).isEqualTo(403);
        assertThat(send("GET", "/2/users/me", "AAAAforeign", null).statusCode()).isEqualTo(401);
        assertThat(send("GET", "/2/users/me", null, null).statusCode()).isEqualTo(401);
        assertThat(send("POST", "/2/tweets", "sandbox-user-reef_notes-1", "{\"text\":\"not me\"}").statusCode()).isEqualTo(403);
        assertThat(send("POST", "/2/tweets", "sandbox-user-me-1", "{\"text\":\"" + "long ".repeat(80) + "\"}").statusCode()).isEqualTo(400);
        for (String query : List.of("max_results=4", "max_results=101", "max_results=many", "since_id=x", "exclude=all", "tweet.fields=likes", "q=1")) {
            HttpResponse<String> answer = send("GET", "/2/users/" + orbit + "/tweets?" + query, reader, null);
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(json(answer).path("errors").path(0).path("parameters").has(query.substring(0, query.indexOf('=')))).as(query).isTrue();
        }
    }

    @Test
    void aPageOfAnotherSiteInTheOperatorsBrowserCannotDriveIt() throws Exception {
        String order = "{\"kind\":\"500\"}";
        for (String[] headers : new String[][] {
            {"Origin", "https://elsewhere.example"}, {"Origin", "null"}, {"Origin", "http://localhost:3000"},
            {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"},
            {"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}}) {
            for (String method : List.of("POST", "DELETE")) {
                HttpRequest foreign = HttpRequest.newBuilder(sandbox.address().resolve("/sandbox/faults")).headers(headers)
                        .method(method, BodyPublishers.ofString(order)).build();
                assertThat(http.send(foreign, BodyHandlers.ofString()).statusCode()).as(String.join(" ", headers)).isEqualTo(403);
            }
        }
        assertThat(json(send("GET", "/sandbox/faults", null, null)).path("faults").size()).isZero();
        // A name that its owner pointed at this machine stands in the Host header.
        assertThat(raw("GET /sandbox/faults HTTP/1.1\r\nHost: rebind.example:" + sandbox.address().getPort())).startsWith("HTTP/1.1 403");
        assertThat(raw("GET /sandbox/faults HTTP/1.1\r\nHost: localhost.evil.example")).startsWith("HTTP/1.1 403");
    }

    @Test
    void anAppMaySendAPersonToItsPageButNotPutThePageIntoAFrame() throws Exception {
        for (String destination : List.of("document", "iframe")) {
            HttpRequest sent = HttpRequest.newBuilder(sandbox.address().resolve("/i/oauth2/authorize?state=1"))
                    .headers("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", destination).build();
            HttpResponse<String> answer = http.send(sent, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(destination.equals("document") ? 200 : 403);
        }
        assertThat(send("GET", "/sandbox", null, null).headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'", "style-src 'sha256-").doesNotContain("unsafe");
    }

    private String raw(String head) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", sandbox.address().getPort())) {
            socket.getOutputStream().write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void anAppIsAuthorizedWithPkceAndItsRefreshTokensWorkOnce() throws Exception {
        String verifier = "a-verifier-that-is-long-enough-to-be-one-0123456789";
        String form = "client_id=app&redirect_uri=http%3A%2F%2Flocalhost%2Fback&state=s1&code_challenge_method=S256&scope=tweet.read%20offline.access"
                + "&handle=my_brand&code_challenge=" + challenge(verifier);
        String location = send("POST", "/i/oauth2/authorize", null, form).headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith("http://localhost/back?state=s1&code=");
        String exchange = "grant_type=authorization_code&client_id=app&redirect_uri=http%3A%2F%2Flocalhost%2Fback&code="
                + location.substring(location.indexOf("code=") + 5) + "&code_verifier=";

        JsonNode tokens = json(send("POST", "/2/oauth2/token", null, exchange + verifier));
        assertThat(send("POST", "/2/oauth2/token", null, exchange + verifier).statusCode()).isEqualTo(400);
        String access = tokens.path("access_token").stringValue("");
        assertThat(send("GET", "/2/users/me", access, null).statusCode()).isEqualTo(200);

        String refresh = "grant_type=refresh_token&client_id=app&refresh_token=" + tokens.path("refresh_token").stringValue("");
        assertThat(send("POST", "/2/oauth2/token", null, refresh).statusCode()).isEqualTo(200);
        assertThat(send("POST", "/2/oauth2/token", null, refresh).statusCode()).isEqualTo(400);
        clock.forward(Duration.ofHours(3));
        assertThat(send("GET", "/2/users/me", access, null).statusCode()).isEqualTo(401);
    }

    @Test
    void aSandboxKeyIsCheckedAsAnyOtherIs() {
        Networks networks = new Networks(egress, new NetworksSettings("https://api.x.com"), sandbox, clock, new Backoff(() -> 0L, duration -> {}));
        XKeyCheck check = new XKeyCheck(egress, networks, clock);
        assertThat(check.check(() -> BearerToken.of(sandbox.issueToken())).state()).isEqualTo(ApiKey.State.VALID);
        assertThat(check.check(() -> BearerToken.of("sandbox-expired-1")).state()).isEqualTo(ApiKey.State.REFUSED);
    }

    @Test
    void theLandingPageSaysWhatThisIsAndWhoWritesHere() throws Exception {
        String page = send("GET", "/sandbox", null, null).body();
        assertThat(page).contains("A sandbox, not a social network", "No person stands behind", "/sandbox/faults", "@moonfox_signals");
        sandbox.exampleHandles().forEach(handle -> assertThat(page).contains("@" + handle));
        assertThat(sandbox.exampleHandles()).allSatisfy(handle -> assertThat(network.user(handle).handle()).isEqualTo(handle));
    }

    @Test
    void itListensOnTheLoopbackInterfaceOnly() {
        assertThat(sandbox.address().getHost()).isEqualTo("127.0.0.1");
    }

    private HttpResponse<String> send(String method, String path, @Nullable String token, @Nullable String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.address() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String challenge(String verifier) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }
}
