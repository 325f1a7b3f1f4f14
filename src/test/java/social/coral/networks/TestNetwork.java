package social.coral.networks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.test.context.DynamicPropertyRegistry;
import social.coral.egress.Peer;

/** Speaks as X does, of accounts that have written nothing yet. With some keys it is agreed that it answers in a manner of their own. */
public final class TestNetwork implements AutoCloseable {

    public static final String SLOW_KEY = "slow-0123456789abcdef";
    public static final String QUICK_KEY = "quick-0123456789abcdef";

    /** How it answers; whether the key is one is always said at once. */
    public interface Manner {
        Peer.Answer answer(String request);
    }

    private static final int LONG_POSTS = 70;

    private final Peer peer = Peer.thatChooses(this::answer);
    private final Map<String, Manner> manners = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();

    public TestNetwork with(String key, Manner manner) {
        manners.put(key, manner);
        return this;
    }

    /** Lets an application under test take this network for X. */
    public void becomeX(DynamicPropertyRegistry registry) {
        environment().forEach((name, value) -> registry.add(name, () -> value));
    }

    /** The environment of a product that takes this for X. */
    public Map<String, String> environment() {
        return Map.of("X_API_URL", peer.url());
    }

    /** How many calls it was given with the keys that have a manner of their own. */
    public int asked() {
        return asked.get();
    }

    private Peer.Answer answer(String request) {
        if (request.startsWith("GET /2/tweets?ids=none")) {
            // A key is tested by an id that is none, of which X complains only to a good key.
            return Peer.text("400 Bad Request\r\nContent-Type: application/json", "{\"title\":\"Invalid Request\",\"errors\":[{\"parameters\":{\"ids\":[\"none\"]},\"message\":\"not valid\"}]}");
        }
        Manner manner = manners.get(key(request));
        if (manner == null) {
            return usual(request);
        }
        asked.incrementAndGet();
        return manner.answer(request);
    }

    private static String key(String request) {
        return request.lines().filter(line -> line.regionMatches(true, 0, "authorization: bearer ", 0, 22)).findFirst().map(line -> line.substring(22)).orElse("");
    }

    private static Peer.Answer usual(String request) {
        String path = request.substring(4, request.indexOf(' ', 4)).replaceAll("[?].*", "");
        String name = path.substring(path.lastIndexOf('/') + 1);
        return json(path.startsWith("/2/users/by/username/")
                ? "{\"data\":{\"id\":\"%s\",\"username\":\"%s\",\"name\":\"%s\"}}".formatted(idOf(name), name, name)
                : "{\"meta\":{\"result_count\":0}}");
    }

    /** The id of the account of this name. */
    public static String idOf(String name) {
        return Integer.toString(1_000 + Math.abs(name.hashCode()));
    }

    public static Peer.Answer json(String body) {
        return Peer.text("200 OK\r\nContent-Type: application/json", body);
    }

    /** As usual, after so long. */
    public static Manner slow(Duration slowness) {
        return request -> out -> {
            pause(slowness);
            usual(request).write(out);
        };
    }

    /** As usual, and this where posts of an account are asked for. */
    public static Manner posts(Manner posts) {
        return request -> request.startsWith("GET /2/users/") && request.contains("/tweets?") ? posts.answer(request) : usual(request);
    }

    /** Posts of reef_notes of the greatest length, 7 MB in all, to so many at once: the second half is sent when all have the first. */
    public static Manner longPosts(int atOnce) {
        CountDownLatch halves = new CountDownLatch(atOnce);
        byte[] page = longPage("reef_notes").getBytes(StandardCharsets.UTF_8);
        int first = page.length / LONG_POSTS;
        return posts(request -> out -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + page.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(page, 0, first);
            out.flush();
            halves.countDown();
            await(halves, Duration.ofSeconds(10));
            out.write(page, first, page.length - first);
        });
    }

    private static String longPage(String author) {
        // One character beyond Latin-1 makes a string take two bytes for each.
        String text = "x".repeat(99_990) + "€";
        return IntStream.range(0, LONG_POSTS)
                .mapToObj(post -> "{\"id\":\"%d\",\"author_id\":\"%s\",\"created_at\":\"2026-01-01T00:00:00Z\",\"text\":\"%s\"}".formatted(1_000 + post, idOf(author), text))
                .collect(Collectors.joining(",", "{\"data\":[", "],\"meta\":{\"result_count\":%d}}".formatted(LONG_POSTS)));
    }

    private static void pause(Duration time) {
        await(new CountDownLatch(1), time);
    }

    private static void await(CountDownLatch latch, Duration most) {
        try {
            boolean unused = latch.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            peer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
