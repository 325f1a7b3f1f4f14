package social.coral.imports;

import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.imports.ImportResult.Told;
import social.coral.imports.archive.BrokenFile;
import social.coral.imports.archive.Manifest;
import social.coral.imports.archive.Place;
import social.coral.imports.archive.PostFile;
import social.coral.imports.archive.PostRow;
import social.coral.imports.archive.PostSink;
import social.coral.imports.archive.UnreadableFile;
import social.coral.portability.ImportFault;
import social.coral.portability.ImportTurn;

/** One running import. Stores in batches, each in its own transaction, so that stored rows stay whatever follows. */
final class ImportRun implements PostSink, AutoCloseable {

    private final ImportStore store;
    private final ImportTurn turn;
    private final PendingRows withoutAuthor;
    private final RoundedIds rounded;
    private final PendingRows longTexts;
    private final PendingRows communityPosts;
    private final ImportReport report = new ImportReport();
    private final ImportedPost reader = new ImportedPost(report.remarks(), Clock.systemUTC());
    private ArchiveContents contents = new ArchiveContents(0);
    private final Batches posts;
    private final PostAuthor author;
    private long rows;
    private long noPosts;
    private boolean readSomething;
    private boolean withCommunityPosts;
    private boolean onlyDeletedPosts;
    private @Nullable UnreadableFile unreadable;

    ImportRun(ImportStore store, @Nullable String author, boolean withCommunityPosts, ImportTurn turn) {
        this.store = store;
        this.turn = turn;
        this.posts = new Batches(store, report.remarks());
        this.withCommunityPosts = withCommunityPosts;
        this.withoutAuthor = new PendingRows(turn.spool());
        this.rounded = new RoundedIds(turn.spool());
        this.longTexts = new PendingRows(turn.spool());
        this.communityPosts = new PendingRows(turn.spool());
        this.author = new PostAuthor(author, report.remarks());
    }

    /**
     * Reads a file.
     *
     * @param name under which its places are told if it is one of several; null for an upload without names
     * @return whether the rest of the upload can be read
     */
    boolean read(InputStream file, @Nullable String name) {
        report.fileBegins(name);
        try {
            PostFile.read(file, name, this);
            readSomething = true;
        } catch (BrokenFile e) {
            report.broken(new Told(e.place(), e.reason()));
            return !e.isTooLarge();
        } catch (UnreadableFile e) {
            unreadable = unreadable == null ? e : unreadable;
            report.broken(new Told(Place.of(name), e.reason()));
        } finally {
            judgeRounded();
            if (rounded.endFile()) {
                report.remarks().note(Place.of(name), "All ids here end as they do when a program has rounded them. Check that the links of some posts lead to X.");
            }
        }
        return true;
    }

    void withCommunityPosts(boolean chosen) {
        withCommunityPosts = chosen;
    }

    PostAuthor author() {
        return author;
    }

    @Override
    public void owner(String username) {
        author.owner(username);
    }

    @Override
    public void archiveBegins() {
        author.archiveBegins();
    }

    @Override
    public void archiveEnded() {
        contents.compare(report.remarks());
        contents = new ArchiveContents(rows);
        if (author.settlesArchive()) {
            settle();
        }
    }

    @Override
    public void deletedPosts() {
        onlyDeletedPosts = true;
    }

    @Override
    public void manifest(Manifest read) {
        contents.manifest(read);
    }

    @Override
    public void note(Place place, String sentence) {
        report.remarks().note(place, sentence);
    }

    @Override
    public void broken(BrokenFile fault) {
        report.broken(new Told(fault.place(), fault.reason()));
    }

    @Override
    public void entryRead(@Nullable String file) {
        contents.fileRead(Objects.requireNonNullElse(file, ""), rows);
    }

    @Override
    public void post(PostRow row) {
        rows++;
        turn.row();
        switch (row.kind()) {
            case DELETED_POST -> {
                report.deleted();
                posts.leaveOut(row, reader.timeIfAny(row));
            }
            case REPOST -> {
                report.repost();
                posts.leaveOut(row, null);
            }
            case LONG_TEXT -> longTexts.add(row);
            case COMMUNITY_POST -> communityPosts.add(row);
            default -> {
                if (!isRepost(row)) {
                    take(row);
                }
            }
        }
    }

    private boolean isRepost(PostRow row) {
        boolean repost = ImportedPost.isRepost(row);
        if (repost) {
            report.repost();
            posts.leaveOut(row, null);
        }
        return repost;
    }

    private void take(PostRow row) {
        if (author.known() == null && !ImportedPost.namesAuthor(row)) {
            withoutAuthor.add(row);
        } else {
            storeIfWhole(row);
        }
    }

    private void storeIfWhole(PostRow row) {
        if (!rounded.keeps(row)) {
            store(row);
        } else if (rounded.isFull()) {
            judgeRounded();
        }
    }

    private void judgeRounded() {
        rounded.judge(row -> {
            turn.look();
            store(row);
        }, (row, reason) -> report.reject(row.place(), reason));
    }

    private void store(PostRow row) {
        try {
            posts.add(row, reader.of(row, author.known()));
        } catch (ImportedPost.NoPost e) {
            report.reject(row.place(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void rejected(Place place, String reason) {
        rows++;
        turn.row();
        report.reject(place, reason);
    }

    @Override
    public void notAPost(Place place) {
        noPosts++;
        rejected(place, "This is not a post of X.");
    }

    /** Stores what waited and returns the result. */
    ImportResult end() {
        if (!readSomething && unreadable != null && rows == 0) {
            throw unreadable.failure();
        }
        Told broken = report.broken();
        if (broken != null && rows == 0) {
            throw ImportFault.ofTheFile(broken.reason());
        }
        if (onlyDeletedPosts && report.deletedPosts() == rows) {
            throw UnreadableFile.onlyDeleted();
        }
        if (noPosts > 0 && noPosts == rows) {
            throw UnreadableFile.withoutPosts();
        }
        if (author.known() == null && withoutAuthor.count() > 0 && posts.areNone()) {
            throw Failure.invalid("author", "Enter the author: the file does not say whose posts these are.");
        }
        settle();
        posts.end();
        contents.compare(report.remarks());
        return result();
    }

    /** Stores the rows that waited for the author, and joins the long texts while the versions of edited posts have their own times. */
    private void settle() {
        withoutAuthor.drain(this::storeLater);
        settleCommunityPosts();
        judgeRounded();
        posts.flush();
        joinLongTexts();
    }

    private void settleCommunityPosts() {
        long count = communityPosts.count();
        communityPosts.drain(row -> {
            if (!withCommunityPosts) {
                turn.look();
                Instant time = reader.timeIfAny(row);
                if (time != null) {
                    posts.leftOutAt(time);
                }
            } else if (!isRepost(row)) {
                storeLater(row);
            }
        });
        report.communityPosts(withCommunityPosts ? 0 : count);
    }

    private void storeLater(PostRow row) {
        turn.look();
        storeIfWhole(row);
    }

    private void joinLongTexts() {
        String by = author.known();
        if (longTexts.count() == 0 || by == null) {
            return;
        }
        LongTexts texts = new LongTexts(store, reader, report.remarks(), by, posts::hasLeftOut);
        longTexts.drain(row -> {
            turn.look();
            try {
                texts.take(row);
            } catch (ImportedPost.NoPost e) {
                report.reject(row.place(), String.valueOf(e.getMessage()));
            }
        });
        posts.corrected(texts.end());
    }

    /** Returns the result so far. */
    ImportResult result() {
        return report.result(posts, communityPosts.count());
    }

    @Override
    public void close() {
        for (PendingRows waiting : List.of(withoutAuthor, longTexts, communityPosts)) {
            waiting.close();
        }
        rounded.close();
    }
}
