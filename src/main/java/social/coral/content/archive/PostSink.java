package social.coral.content.archive;

/** Receives rows as they are read. */
public interface PostSink {

    void post(PostRow post);

    /** A row that cannot be read. */
    void rejected(Place place, String reason);

    /** The owner of the archive. */
    void owner(String username);
}
