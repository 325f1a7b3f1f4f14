package social.coral.bench;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the calls that the collecting agent makes, counts the posts, and keeps nothing. */
final class SandboxReader {

    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9]+)\"");
    private static final Pattern COUNT = Pattern.compile("\"result_count\":([0-9]+)");
    private static final String POSTS = "/tweets?max_results=100&exclude=retweets&tweet.fields="
            + "author_id,conversation_id,created_at,lang,note_tweet,public_metrics,referenced_tweets";

    private final int port;
    private final List<String> handles;

    SandboxReader(int port, List<String> handles) {
        this.port = port;
        this.handles = handles;
    }

    double postsPerSecond(int atOnce, int tenants) {
        AtomicInteger left = new AtomicInteger(tenants);
        long start = System.nanoTime();
        int posts = Load.atOnce(atOnce, () -> read(left)).stream().mapToInt(Integer::intValue).sum();
        return posts / ((System.nanoTime() - start) / 1e9);
    }

    private int read(AtomicInteger left) throws IOException {
        int posts = 0;
        try (KeepAlive sandbox = new KeepAlive(port)) {
            while (left.getAndDecrement() > 0) {
                String token = "sandbox-bench-" + UUID.randomUUID();
                for (String handle : handles) {
                    sandbox.ask(KeepAlive.get("/2/users/by/username/" + handle, token));
                    String id = found(ID, sandbox.text());
                    sandbox.ask(KeepAlive.get("/2/users/" + id + POSTS, token));
                    posts += Integer.parseInt(found(COUNT, sandbox.text()));
                }
            }
        }
        return posts;
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("the sandbox answered " + text);
        }
        return matcher.group(1);
    }
}
