package social.coral.content;

/** Hears of an import while it goes on, often. */
@FunctionalInterface
public interface ImportProgress {

    ImportProgress UNHEARD = (bytes, rows) -> {};

    /** So many bytes of the upload and so many rows in it have been read. */
    void read(long bytes, long rows);
}
