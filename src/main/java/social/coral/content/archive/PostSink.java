package social.coral.content.archive;

/** Takes what is read, as it is read. */
public interface PostSink {

    void post(PostRow post);

    /** A row that is none. */
    void rejected(Place place, String reason);

    /** Whose archive it is. */
    void owner(String username);
}
