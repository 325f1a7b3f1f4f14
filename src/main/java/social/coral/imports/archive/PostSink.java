package social.coral.imports.archive;

import org.jspecify.annotations.Nullable;

/** Receives what is read of a file, in its order. */
public interface PostSink {

    void post(PostRow post);

    /** Receives a row that cannot be read, and why, as a sentence. */
    void rejected(Place place, String reason);

    /** Receives an object that is no post at all. */
    void notAPost(Place place);

    /** Receives what is of another network, and why, as a sentence. */
    void foreign(Place place, String reason);

    /** Receives a row whose status says that its post was never public or is gone. */
    void notOnX(Place place, String status);

    /** Receives the username of the archive's owner. */
    void owner(String username);

    /** Receives what the archive itself says that it holds. */
    void manifest(Manifest manifest);

    /** Learns that the posts which follow are those that their author has deleted. */
    void deletedPosts();

    /** Learns that an archive begins, whose owner is another than that of the one before. */
    void archiveBegins();

    /** Learns that nothing of the archive can be read after this entry began. */
    void archiveCut(@Nullable String entry);

    /** Learns that an archive has ended, so that its rows are settled. */
    void archiveEnded();

    /** Receives what a person should know of the file, as a sentence. */
    void note(Place place, String sentence);

    /** Receives the name of what holds posts where none are read. */
    void unread(Place place, String name);

    /** Receives the fault of one file of an archive, whose other files are still read. */
    void broken(BrokenFile fault);

    /** Learns that the file of an archive that was read until now has ended. */
    void entryRead(@Nullable String file);
}
