package social.coral.imports.archive;

import org.springframework.http.HttpStatus;
import social.coral.api.Failure;
import social.coral.portability.ImportFault;

/** The file is none that posts can be imported from. */
public final class UnreadableFile extends Exception {

    private static final String ACCEPTED =
            "Supported: an X archive (the ZIP, or its tweets.js), CSV with a header line, a JSON array, or JSON lines.";

    private final transient Failure failure;

    private UnreadableFile(Failure failure) {
        super(failure.sentence());
        this.failure = failure;
    }

    /** Another format, of which a sentence says what to do. */
    static UnreadableFile format(String sentence) {
        return new UnreadableFile(Failure.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_format", sentence).at("file"));
    }

    /** An unknown format. */
    static UnreadableFile unknown(String sentence) {
        return format(sentence + " " + ACCEPTED);
    }

    /** The right format with the wrong content. */
    static UnreadableFile content(String sentence) {
        return new UnreadableFile(ImportFault.ofTheFile(sentence));
    }

    /** Returns the failure for a file all of whose objects are something else than posts. */
    public static Failure withoutPosts() {
        return unknown("This file has no posts from X.").failure;
    }

    /** Returns the failure for a file of another network, of which a sentence says what to do. */
    public static Failure foreign(String sentence) {
        return format(sentence).failure;
    }

    /** Returns the failure for what an archive says of itself without its posts. */
    public static Failure onlyFacts() {
        return content("This tells whose archive it is and what it holds, but has no posts. Send the whole ZIP, or its data/tweets.js.").failure;
    }

    /** Returns the failure for a list of nothing but deleted posts. */
    public static Failure onlyDeleted() {
        return content("These posts were deleted on X, so they are not imported. Upload the archive's data/tweets.js.").failure;
    }

    public Failure failure() {
        return failure;
    }

    /** What is wrong with the file, as a sentence. */
    public String reason() {
        return failure.sentence();
    }
}
