package social.coral.imports;

import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.imports.ImportResult.Told;
import social.coral.imports.archive.BrokenFile;
import social.coral.imports.archive.Manifest;
import social.coral.imports.archive.Place;
import social.coral.imports.archive.PostField;
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
    /** Deleted posts and those to a circle, which are recognized in other files also by their author. */
    private final PendingRows leftOut;
    /** Rows of files without an owner, and long texts without a post: another part of the archive may have them. */
    private final PendingRows leftOver;
    private final ImportReport report = new ImportReport();
    private final ImportedPost reader = new ImportedPost(report.remarks(), Clock.systemUTC());
    private final ArchiveContents contents = new ArchiveContents();
    private final Batches posts;
    private final PostAuthor author;
    private long rows;
    private long noPosts;
    private @Nullable String foreign;
    private boolean readSomething;
    private boolean readFacts;
    private boolean withCommunityPosts;
    private boolean onlyDeletedPosts;
    private long deletedRows;
    private @Nullable UnreadableFile unreadable;

    ImportRun(ImportStore store, @Nullable String author, boolean withCommunityPosts, ImportTurn turn) {
        this.store = store;
        this.turn = turn;
        this.posts = new Batches(store, report.remarks(), turn::look);
        this.withCommunityPosts = withCommunityPosts;
        this.withoutAuthor = new PendingRows(turn.spool(), turn::look);
        this.rounded = new RoundedIds(turn.spool(), report.remarks(), turn::look);
        this.longTexts = new PendingRows(turn.spool(), turn::look);
        this.communityPosts = new PendingRows(turn.spool(), turn::look);
        this.leftOut = new PendingRows(turn.spool(), turn::look);
        this.leftOver = new PendingRows(turn.spool(), turn::look);
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
        readFacts = true;
        author.owner(username);
    }

    @Override
    public void archiveBegins() {
        leaveForLater();
        author.archiveBegins();
        contents.archiveBegins();
    }

    @Override
    public void archiveCut(@Nullable String entry) {
        contents.archiveCut(Objects.requireNonNullElse(entry, ""));
    }

    @Override
    public void archiveEnded() {
        author.archiveRead();
        contents.archiveEnds(author.known());
        if (author.known() != null && !author.isTyped()) {
            settle(leftOver::add);
        } else {
            leaveForLater();
        }
        author.archiveEnds();
    }

    /** Keeps what waits until the whole upload is read, unless its author is known anyway. */
    private void leaveForLater() {
        if (!author.isTyped()) {
            List.of(withoutAuthor, communityPosts, leftOut, longTexts).forEach(waiting -> waiting.drain(leftOver::add));
        }
    }

    @Override
    public void deletedPosts() {
        onlyDeletedPosts = true;
    }

    @Override
    public void manifest(Manifest read) {
        readFacts = true;
        author.ownerOfManifest(read.username());
        contents.manifest(read);
        // An archive that tells its total has each post twice, and one of both forms is read.
        if (read.total() == 0) {
            turn.announced(read.files().values().stream().mapToLong(Long::longValue).sum());
        }
    }

    @Override
    public void note(Place place, String sentence) {
        report.remarks().note(place, sentence);
    }

    @Override
    public void unread(Place place, String name) {
        report.remarks().add(Remarks.Kind.UNREAD_POSTS, place, name);
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
        take(row);
    }

    private void take(PostRow row) {
        switch (row.kind()) {
            case DELETED_POST -> {
                deletedRows++;
                posts.delete(row, reader.timeIfAny(row));
                leftOut.add(row);
            }
            case REPOST -> posts.leaveOutRepost(row, reader.timeIfAny(row));
            case LONG_TEXT -> longTexts.add(row);
            case COMMUNITY_POST -> communityPosts.add(row);
            case CIRCLE_POST -> {
                posts.leftOut().count(LeftOutPost.Kind.CIRCLE, reader.timeIfAny(row));
                leftOut.add(row);
            }
            default -> takeOwn(row);
        }
    }

    /** Takes a row that had to wait for the whole upload. */
    private void takeAgain(PostRow row) {
        if (row.kind() == PostRow.Kind.DELETED_POST || row.kind() == PostRow.Kind.CIRCLE_POST) {
            leftOut.add(row);
        } else {
            take(row);
        }
    }

    private void takeOwn(PostRow row) {
        if (ImportedPost.isRepost(row)) {
            posts.leaveOutRepost(row, reader.timeIfAny(row));
        } else if (author.known() == null && !ImportedPost.namesAuthor(row)) {
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
        rounded.judge(this::store, (row, reason) -> report.reject(row.place(), reason));
    }

    private void store(PostRow row) {
        try {
            posts.add(row, reader.of(row, author.known()));
            if (row.kind() == PostRow.Kind.TABLE_ROW && !row.ofX() && !author.isTyped() && !ImportedPost.namesAuthor(row)) {
                report.remarks().add(Remarks.Kind.OWNER_OF_ARCHIVE, row.place());
            }
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
        rejected(place, "This is not a published post from X.");
    }

    @Override
    public void foreign(Place place, String reason) {
        noPosts++;
        foreign = foreign == null ? reason : foreign;
        rejected(place, reason);
    }

    @Override
    public void notOnX(Place place, String status) {
        rows++;
        turn.row();
        report.notOnX(place, status);
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
        if (rows == 0 && readFacts && report.remarks().all().isEmpty()) {
            throw UnreadableFile.onlyFacts();
        }
        if (onlyDeletedPosts && deletedRows == rows) {
            throw UnreadableFile.onlyDeleted();
        }
        if (noPosts > 0 && noPosts == rows) {
            throw foreign == null ? UnreadableFile.withoutPosts() : UnreadableFile.foreign(foreign);
        }
        author.uploadEnds();
        if (author.known() == null && withoutAuthor.count() + leftOver.count() > 0) {
            if (posts.areNone()) {
                throw Failure.invalid("author", "Enter the author: the file does not say whose posts these are.");
            }
            author.noteIfUnknown();
        }
        leftOver.drain(this::takeAgain);
        settle(row -> report.remarks().add(Remarks.Kind.NO_POST_FOR_LONG_TEXT, row.place(),
                Objects.requireNonNullElse(row.value(PostField.TEXT), "")));
        posts.end();
        contents.compare(report.remarks());
        return result();
    }

    /**
     * Stores the rows that waited for the author, and joins the long texts while the versions of edited posts have their own times.
     *
     * @param unmatched takes the long texts that fit none of the posts so far
     */
    private void settle(Consumer<PostRow> unmatched) {
        withoutAuthor.drain(this::storeIfWhole);
        settleCommunityPosts();
        judgeRounded();
        leftOut.drain(row -> LeftOutPost.of(row, reader, author.known()).forEach(posts::remove));
        posts.flush();
        joinLongTexts(unmatched);
    }

    private void settleCommunityPosts() {
        communityPosts.drain(row -> {
            if (!withCommunityPosts) {
                posts.leaveOutOfCommunity(row, reader.timeIfAny(row));
            } else if (ImportedPost.isRepost(row)) {
                posts.leaveOutRepost(row, reader.timeIfAny(row));
            } else {
                storeIfWhole(row.ofX() ? row : row.as(PostRow.Kind.TABLE_ROW));
            }
        });
    }

    private void joinLongTexts(Consumer<PostRow> unmatched) {
        String by = author.known();
        if (by == null) {
            longTexts.drain(unmatched);
            return;
        }
        LongTexts texts = new LongTexts(store, reader, by, posts.leftOut()::hasAt, unmatched, turn::look);
        longTexts.drain(row -> {
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
        author.noteIfOther(posts.imported());
        return report.result(posts, communityPosts.count());
    }

    @Override
    public void close() {
        for (PendingRows waiting : List.of(withoutAuthor, longTexts, communityPosts, leftOut, leftOver)) {
            waiting.close();
        }
        rounded.close();
    }
}
