package social.coral.imports;

import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.imports.ImportResult.Remark;
import social.coral.imports.archive.UnreadableFile;
import social.coral.portability.ImportFault;

/** Counts what the files of an upload contain, and refuses an upload in which nothing can be imported. */
final class UploadTally {

    private long rows;
    private long deletedRows;
    private long noPosts;
    private @Nullable String foreign;
    private boolean readSomething;
    private boolean readFacts;
    private boolean hasListOfDeletedPosts;
    private @Nullable UnreadableFile unreadable;

    long rows() {
        return rows;
    }

    void row() {
        rows++;
    }

    /** Counts a row, already counted as such, as one of a post that was deleted on X. */
    void deletedRow() {
        deletedRows++;
    }

    /** Counts a row, counted as such elsewhere, as one that is no post of X. */
    void noPost() {
        noPosts++;
    }

    /** Does the same for a row of another network or program. */
    void foreign(String reason) {
        noPost();
        foreign = foreign == null ? reason : foreign;
    }

    /** Notes that the upload says something about an archive, such as its owner. */
    void facts() {
        readFacts = true;
    }

    void listOfDeletedPosts() {
        hasListOfDeletedPosts = true;
    }

    void fileRead() {
        readSomething = true;
    }

    void unreadable(UnreadableFile fault) {
        unreadable = unreadable == null ? fault : unreadable;
    }

    /** Throws a {@link Failure} that says why nothing in the upload can be imported, if so. */
    void refuseIfUseless(ImportReport report) {
        if (!readSomething && unreadable != null && rows == 0) {
            throw unreadable.failure();
        }
        Remark broken = report.broken();
        if (broken != null && rows == 0) {
            throw ImportFault.ofTheFile(broken.reason());
        }
        if (rows == 0 && readFacts && report.remarks().all().isEmpty()) {
            throw UnreadableFile.onlyFacts();
        }
        if (hasListOfDeletedPosts && deletedRows == rows) {
            throw UnreadableFile.onlyDeleted();
        }
        if (noPosts > 0 && noPosts == rows) {
            throw foreign == null ? UnreadableFile.withoutPosts() : UnreadableFile.foreign(foreign);
        }
    }
}
