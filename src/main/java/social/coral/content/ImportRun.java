package social.coral.content;

import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.content.ImportResult.Rejected;
import social.coral.content.archive.BrokenFile;
import social.coral.content.archive.Place;
import social.coral.content.archive.PostFile;
import social.coral.content.archive.PostRow;
import social.coral.content.archive.PostSink;
import social.coral.networks.NetworkUser;
import social.coral.networks.Post;
import social.coral.portability.ImportFault;
import social.coral.portability.ImportTurn;

/** One running import. Stores in batches, each in its own transaction, so that stored rows stay whatever follows. */
final class ImportRun implements PostSink, AutoCloseable {

    private static final int BATCH = 200;
    private static final int BATCH_CHARACTERS = 500_000;
    private static final int MAX_TOLD = 100;

    /** Stores each batch and returns how many of its posts were new. */
    interface Store {

        /**
         * @param first whether the run has stored nothing yet
         */
        int add(List<Post> posts, boolean first);
    }

    private final Store store;
    private final ImportTurn turn;
    private final PendingRows heldBack;
    private final List<Post> batch = new ArrayList<>(BATCH);
    private final List<Rejected> rejected = new ArrayList<>();
    private int characters;
    private long rejectedCount;
    private long rows;
    private long imported;
    private long skipped;
    private @Nullable Username author;
    private @Nullable Rejected broken;

    ImportRun(Store store, @Nullable Username author, ImportTurn turn) {
        this.store = store;
        this.turn = turn;
        this.heldBack = new PendingRows(turn.spool());
        this.author = author;
    }

    void read(InputStream file) {
        try {
            PostFile.read(file, this);
        } catch (BrokenFile e) {
            broken = new Rejected(e.place(), "This file " + e.reason() + ".");
        }
    }

    boolean isBroken() {
        return broken != null;
    }

    /** The author that the person gave takes precedence over the archive's. */
    void author(Username given) {
        author = given;
    }

    @Override
    public void owner(String username) {
        if (author == null && NetworkUser.isHandle(username)) {
            author = Username.of("author", username);
        }
    }

    @Override
    public void post(PostRow row) {
        rows++;
        turn.row();
        if (author == null && !ImportedPost.namesAuthor(row)) {
            heldBack.add(row);
        } else {
            take(row);
        }
    }

    private void take(PostRow row) {
        try {
            Post post = ImportedPost.of(row, author, Clock.systemUTC());
            batch.add(post);
            characters += post.text().length();
        } catch (ImportedPost.NoPost e) {
            reject(row.place(), String.valueOf(e.getMessage()));
        }
        if (batch.size() == BATCH || characters > BATCH_CHARACTERS) {
            store();
        }
    }

    @Override
    public void rejected(Place place, String reason) {
        rows++;
        turn.row();
        reject(place, reason);
    }

    private void reject(Place place, String reason) {
        rejectedCount++;
        if (rejected.size() < MAX_TOLD) {
            rejected.add(new Rejected(place, reason));
        }
    }

    private void store() {
        List<Post> posts = List.copyOf(batch);
        batch.clear();
        characters = 0;
        int added = posts.isEmpty() ? 0 : store.add(posts, imported == 0);
        imported += added;
        skipped += posts.size() - added;
    }

    /** Stores the last batch and returns the result. */
    ImportResult end() {
        if (author == null && heldBack.count() > 0 && heldBack.count() == rows - rejectedCount) {
            throw Failure.invalid("author", "Enter the author: the file does not say whose posts these are.");
        }
        if (broken != null && rows == 0) {
            throw ImportFault.ofTheFile(broken.reason());
        }
        heldBack.forEach(row -> {
            turn.look();
            take(row);
        });
        store();
        return result();
    }

    /** Returns the result so far. */
    ImportResult result() {
        return new ImportResult(imported, skipped, List.copyOf(rejected), rejectedCount, broken);
    }

    @Override
    public void close() {
        heldBack.close();
    }
}
