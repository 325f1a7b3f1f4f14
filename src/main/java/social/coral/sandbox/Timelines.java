package social.coral.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The authors' posts up to a time, newest first, as far back as the sandbox serves them. */
final class Timelines {

    private static final int DEPTH = 600;
    private static final int BLOCK_LENGTH = 64;
    private static final int BLOCKS_KEPT = 1_000;

    private record Block(long author, long place) {}

    private final PostTimes moments;
    private final PostGenerator pen;
    private final Map<Block, List<SandboxPost>> written = new ConcurrentHashMap<>();

    Timelines(PostTimes moments, PostGenerator pen) {
        this.moments = moments;
        this.pen = pen;
    }

    /** The number of posts that a timeline holds at any time. */
    static int depth(Author author) {
        return DEPTH + (int) Math.floorMod(author.seed(), 200L);
    }

    /** Returns up to {@code most} posts with ids below {@code before} and above {@code since}. */
    List<SandboxPost> page(Author author, long now, long before, long since, Predicate<SandboxPost> wanted, int most) {
        long newest = moments.newestBefore(author, now + 1);
        long oldest = newest - depth(author) + 1;
        long number = Math.min(newest, moments.newestBefore(author, Math.min(now, Snowflake.epochMilli(before)) + 1));
        List<SandboxPost> page = new ArrayList<>(most);
        for (; number >= oldest && page.size() < most; number--) {
            SandboxPost post = post(author, number);
            if (post.id() <= since) {
                break;
            }
            if (post.id() < before && wanted.test(post)) {
                page.add(post);
            }
        }
        return page;
    }

    /** Returns the post with this id, if its author has written it by now. */
    @Nullable SandboxPost find(Author author, long id, long now) {
        long time = Snowflake.epochMilli(id);
        if (time > now) {
            return null;
        }
        long number = moments.newestBefore(author, time + 1);
        SandboxPost post = post(author, number);
        return post.id() == id ? post : null;
    }

    private SandboxPost post(Author author, long number) {
        Block block = new Block(author.seed(), Math.floorDiv(number, (long) BLOCK_LENGTH));
        List<SandboxPost> posts = written.get(block);
        if (posts == null) {
            posts = written(author, block.place() * BLOCK_LENGTH);
            if (written.size() >= BLOCKS_KEPT) {
                written.clear();
            }
            written.put(block, posts);
        }
        return posts.get((int) Math.floorMod(number, (long) BLOCK_LENGTH));
    }

    private List<SandboxPost> written(Author author, long first) {
        List<SandboxPost> posts = new ArrayList<>(BLOCK_LENGTH);
        for (long number = first; number < first + BLOCK_LENGTH; number++) {
            posts.add(pen.write(author, number));
        }
        return posts;
    }
}
