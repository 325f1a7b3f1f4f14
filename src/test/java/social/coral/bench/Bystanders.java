package social.coral.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import social.coral.People;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long somebody waits for an answer while another tenant does its worst, beside how long in quiet. Quiet and attack take
 * turns, so that whatever else the machine does hits both.
 */
final class Bystanders {

    private static final int ROUNDS = Integer.getInteger("bystanders.rounds", 6);
    /** Which are wanted, as an expression for the whole name. */
    private static final String ATTACKS = System.getProperty("bystanders.attacks", ".*");
    private static final int SLICE_MILLIS = 4_000;
    private static final int WARM_UP_MILLIS = 8_000;
    private static final int PAUSE_MILLIS = 8;
    private static final int RECOVERY_MILLIS = 500;
    private static final String PASSWORD = "violet harbour lantern 42";

    private static final String STARS = "@a " + "*=".repeat(2_498);
    private static final String LABELS = "a.".repeat(2_500);
    private static final String EMOJI = "🌊#".repeat(1_666);

    private final Product product;
    private final byte[] request;
    private final Report report;

    private Bystanders(Product product, String token, Report report) {
        this.product = product;
        this.request = KeepAlive.get("/api/user/profile", token);
        this.report = report;
    }

    static void measure(Product product, String bystander, Connection database, Report report) throws IOException, SQLException, InterruptedException {
        Bystanders bystanders = new Bystanders(product, bystander, report);
        report.waits("Bystanders: how long `GET /api/user/profile` takes while one tenant does its worst");
        bystanders.waits(WARM_UP_MILLIS);
        for (Attack attack : attacks(product, database)) {
            if (attack.name().matches(ATTACKS)) {
                bystanders.measure(attack);
            }
        }
    }

    private void measure(Attack attack) throws IOException, InterruptedException {
        List<Long> quiet = new ArrayList<>();
        List<Long> attacked = new ArrayList<>();
        try (KeepAlive once = new KeepAlive(product.port)) {
            once.ask(attack.requests().get());
        } catch (IOException refused) {
            report.progress("Left out, because it is refused: " + attack.name() + ": " + String.valueOf(refused.getMessage()).lines().findFirst().orElse(""));
            return;
        }
        for (int round = 0; round < ROUNDS; round++) {
            quiet.addAll(waits(SLICE_MILLIS));
            try (Attack.Running running = attack.on(product.port)) {
                attacked.addAll(waits(SLICE_MILLIS));
            }
            Thread.sleep(RECOVERY_MILLIS);
        }
        report.waited(attack.name(), quiet, attacked);
    }

    private List<Long> waits(int millis) throws IOException, InterruptedException {
        List<Long> waits = new ArrayList<>();
        try (KeepAlive connection = new KeepAlive(product.port)) {
            for (long end = System.nanoTime() + millis * 1_000_000L; System.nanoTime() < end;) {
                long start = System.nanoTime();
                connection.ask(request);
                waits.add(System.nanoTime() - start);
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        return waits;
    }

    /** What a tenant may do that costs most. More of the kind is one line. */
    private static List<Attack> attacks(Product product, Connection database) throws IOException, SQLException, InterruptedException {
        Attacker stars = Attacker.with(product, database, STARS);
        Attacker labels = Attacker.with(product, database, LABELS);
        Attacker emoji = Attacker.with(product, database, EMOJI);
        String rows = rows(20_000);
        return List.of(
                Attack.of("12 × `/tweets/mine?limit=100`, drafts of `*=`", 12, () -> stars.page("/tweets/mine?limit=100")),
                Attack.of("12 × `/tweets/mine?limit=100`, drafts of `a.`", 12, () -> labels.page("/tweets/mine?limit=100")),
                Attack.of("12 × `/tweets/mine?limit=100`, drafts of emoji", 12, () -> emoji.page("/tweets/mine?limit=100")),
                Attack.of("40 × the same", 40, () -> emoji.page("/tweets/mine?limit=100")).hangingUpAfter(50),
                Attack.of("12 × `/tweets/archive?limit=100`, posts of 25,000 characters", 12, () -> labels.page("/tweets/archive?limit=100")),
                Attack.of("12 × the preview of 25,000 characters", 12, () -> emoji.preview(EMOJI.repeat(5))),
                Attack.of("12 × `GET /api/tweets/cache?limit=100`", 12, () -> labels.list("/api/tweets/cache?limit=100", "identity")),
                Attack.of("12 × the same, compressed", 12, () -> labels.list("/api/tweets/cache?limit=100", "gzip")),
                Attack.of("12 × a search for what is nowhere", 12, () -> labels.list("/api/tweets/cache?q=" + "a.".repeat(60) + "b", "identity")),
                Attack.of("imports of 20,000 posts, one after another", 2, () -> stars.post("/api/tweets/cache/import?author=me", "text/csv", rows)));
    }

    private static String rows(int count) {
        StringBuilder rows = new StringBuilder("id,text,created_at\n");
        for (int i = 1; i <= count; i++) {
            rows.append(i).append(",\"").append("e\u0301\u0323 a.b.".repeat(8)).append("\",2026-01-01T00:00:00Z\n");
        }
        return rows.toString();
    }

    /** A tenant who is signed in, with a hundred drafts and a hundred collected posts of the worst text. */
    private record Attacker(String token, String cookie) {

        static Attacker with(Product product, Connection database, String text) throws IOException, SQLException, InterruptedException {
            String email = "attacker-" + UUID.randomUUID() + "@example.org";
            HttpResponse<String> signedUp = send(product, "/auth/v1/signup", "application/json",
                    "{\"email\":\"" + email + "\",\"password\":\"" + PASSWORD + "\"}");
            String token = new JsonMapper().readTree(signedUp.body()).get("access_token").stringValue();
            HttpResponse<String> signedIn = send(product, "/auth/login", "application/x-www-form-urlencoded",
                    "email=" + URLEncoder.encode(email, UTF_8) + "&password=" + URLEncoder.encode(PASSWORD, UTF_8));
            fill(database, email, text);
            return new Attacker(token, session(signedIn));
        }

        private static HttpResponse<String> send(Product product, String path, String type, String body) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + product.port + path))
                    .header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)).build();
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(request, HttpResponse.BodyHandlers.ofString());
            }
        }

        private static String session(HttpResponse<String> signedIn) {
            return signedIn.headers().allValues("set-cookie").stream().filter(cookie -> cookie.startsWith("coral_session")).findFirst().orElseThrow()
                    .split(";", 2)[0];
        }

        private static void fill(Connection database, String email, String text) throws SQLException {
            for (String insert : List.of(
                    "insert into public.tweets (user_id, content) select id, left(?, 5000) from auth.users, generate_series(1, 100) where email = ?",
                    """
                    insert into public.tweets_cache (user_id, network, tweet_id, author, content, created_at, source)
                    select id, 'x', n::text, 'somebody', left(repeat(?, 6), 25000), now(), 'imported' from auth.users, generate_series(1, 100) as n
                    where email = ?
                    """)) {
                try (PreparedStatement statement = database.prepareStatement(insert)) {
                    statement.setString(1, text);
                    statement.setString(2, email);
                    statement.executeUpdate();
                }
            }
            try (Statement statement = database.createStatement()) {
                statement.execute("analyze public.tweets, public.tweets_cache");
            }
        }

        byte[] page(String path) {
            return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + cookie + "\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n").getBytes(US_ASCII);
        }

        byte[] list(String path, String coding) {
            return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token + "\r\nAccept-Encoding: " + coding + "\r\nConnection: close\r\n\r\n")
                    .getBytes(US_ASCII);
        }

        byte[] preview(String text) {
            return post("/tweets/mine/preview", "application/x-www-form-urlencoded", "content=" + URLEncoder.encode(text, UTF_8));
        }

        byte[] post(String path, String type, String content) {
            byte[] body = content.getBytes(UTF_8);
            byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + cookie + "\r\nX-CSRF-Token: " + People.csrfTokenOf(cookie.split("=", 2)[1])
                    + "\r\nConnection: close\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(US_ASCII);
            byte[] all = Arrays.copyOf(head, head.length + body.length);
            System.arraycopy(body, 0, all, head.length, body.length);
            return all;
        }
    }
}
