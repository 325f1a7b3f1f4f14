package social.coral.imports;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import social.coral.api.Failure;
import social.coral.imports.archive.PostField;
import social.coral.imports.archive.PostRow;
import social.coral.portability.ImportTurn;

/** Takes the rows of an import: stores or leaves out each at once, or when more of the upload is known. */
final class ImportRows implements AutoCloseable {

    private final ImportStore store;
    private final ImportTurn turn;
    private final PostAuthor author;
    private final ImportReport report;
    private final UploadTally upload;
    private final ImportedPost reader;
    private final Batches posts;
    private final PendingRows withoutAuthor;
    private final RoundedIds rounded;
    private final PendingRows longTexts;
    private final PendingRows communityPosts;
    /** Deleted posts and those to a circle, which are recognized in other files also by their author. */
    private final PendingRows leftOut;
    /** Rows of files without an owner, and long texts without a post: another part of the archive may have them. */
    private final PendingRows leftOver;
    private boolean withCommunityPosts;

    ImportRows(ImportStore store, ImportTurn turn, PostAuthor author, ImportReport report, UploadTally upload) {
        this.store = store;
        this.turn = turn;
        this.author = author;
        this.report = report;
        this.upload = upload;
        this.reader = new ImportedPost(report.remarks(), Clock.systemUTC());
        this.posts = new Batches(store, report.remarks(), turn::look);
        this.withoutAuthor = pending();
        this.rounded = new RoundedIds(turn.spool(), report.remarks(), turn::look);
        this.longTexts = pending();
        this.communityPosts = pending();
        this.leftOut = pending();
        this.leftOver = pending();
    }

    private PendingRows pending() {
        return new PendingRows(turn.spool(), turn::look);
    }

    void withCommunityPosts(boolean chosen) {
        withCommunityPosts = chosen;
    }

    void take(PostRow row) {
        switch (row.kind()) {
            case DELETED_POST -> {
                upload.deletedRow();
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

    /** Keeps what waits until the whole upload is read, unless its author is known anyway. */
    void leaveForLater() {
        if (!author.isTyped()) {
            List.of(withoutAuthor, communityPosts, leftOut, longTexts).forEach(waiting -> waiting.drain(leftOver::add));
        }
    }

    /** Reports whether all ids of the file that ends here look rounded. */
    boolean endFile() {
        judgeRounded();
        return rounded.endFile();
    }

    /** Stores what waited for an archive to end, whose owner is known; keeps long texts without a post, which another part may have. */
    void endArchive() {
        settle(leftOver::add);
    }

    /** Stores what waited for the whole upload. */
    void end() {
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
