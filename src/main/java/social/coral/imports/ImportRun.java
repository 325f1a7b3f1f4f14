package social.coral.imports;

import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import social.coral.imports.ImportResult.Remark;
import social.coral.imports.archive.BrokenFile;
import social.coral.imports.archive.Manifest;
import social.coral.imports.archive.Place;
import social.coral.imports.archive.PostFile;
import social.coral.imports.archive.PostRow;
import social.coral.imports.archive.PostSink;
import social.coral.imports.archive.UnreadableFile;
import social.coral.portability.ImportTurn;

/** One running import, as it receives what is read of the upload. Rows are stored in batches, so that stored ones stay whatever follows. */
final class ImportRun implements PostSink, AutoCloseable {

    private final ImportTurn turn;
    private final ImportReport report = new ImportReport();
    private final ArchiveContents contents = new ArchiveContents();
    private final PostAuthor author;
    private final ImportRows rows;
    private final UploadTally upload = new UploadTally();

    ImportRun(ImportStore store, @Nullable String author, boolean withCommunityPosts, ImportTurn turn) {
        this.turn = turn;
        this.author = new PostAuthor(author, report.remarks());
        this.rows = new ImportRows(store, turn, this.author, report, upload);
        rows.withCommunityPosts(withCommunityPosts);
    }

    /**
     * Reads a file.
     *
     * @param name under which places in it are named if it is one of several; null for an upload without names
     * @return whether the rest of the upload can be read
     */
    boolean read(InputStream file, @Nullable String name) {
        report.fileBegins(name);
        try {
            PostFile.read(file, name, this);
            upload.fileRead();
        } catch (BrokenFile e) {
            report.broken(new Remark(e.place(), e.reason()));
            return !e.isTooLarge();
        } catch (UnreadableFile e) {
            upload.unreadable(e);
            report.broken(new Remark(Place.of(name), e.reason()));
        } finally {
            if (rows.endFile()) {
                report.remarks().note(Place.of(name), "All ids here end as they do when a program has rounded them. Check that the links of some posts lead to X.");
            }
        }
        return true;
    }

    void withCommunityPosts(boolean chosen) {
        rows.withCommunityPosts(chosen);
    }

    PostAuthor author() {
        return author;
    }

    @Override
    public void owner(String username) {
        upload.facts();
        author.owner(username);
    }

    @Override
    public void archiveBegins() {
        rows.leaveForLater();
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
            rows.endArchive();
        } else {
            rows.leaveForLater();
        }
        author.archiveEnds();
    }

    @Override
    public void deletedPosts() {
        upload.listOfDeletedPosts();
    }

    @Override
    public void manifest(Manifest read) {
        upload.facts();
        author.ownerOfManifest(read.username());
        contents.manifest(read);
        // An archive that states its total has each post twice, and one of both forms is read.
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
        report.broken(new Remark(fault.place(), fault.reason()));
    }

    @Override
    public void entryRead(@Nullable String file) {
        contents.fileRead(Objects.requireNonNullElse(file, ""), upload.rows());
    }

    @Override
    public void post(PostRow row) {
        upload.row();
        turn.row();
        rows.take(row);
    }

    @Override
    public void rejected(Place place, String reason) {
        upload.row();
        turn.row();
        report.reject(place, reason);
    }

    @Override
    public void notAPost(Place place) {
        upload.noPost();
        rejected(place, "This is not a published post from X.");
    }

    @Override
    public void foreign(Place place, String reason) {
        upload.foreign(reason);
        rejected(place, reason);
    }

    @Override
    public void notOnX(Place place, String status) {
        upload.row();
        turn.row();
        report.notOnX(place, status);
    }

    /** Stores what waited and returns the result. */
    ImportResult end() {
        upload.refuseIfUseless(report);
        author.uploadEnds();
        rows.end();
        contents.compare(report.remarks());
        return result();
    }

    /** Returns the result so far. */
    ImportResult result() {
        return rows.result();
    }

    @Override
    public void close() {
        rows.close();
    }
}
