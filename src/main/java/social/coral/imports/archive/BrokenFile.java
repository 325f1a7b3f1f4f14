package social.coral.imports.archive;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;
import social.coral.portability.BoundedZip;

/** The file is unreadable from here on. What was read before is kept. */
public final class BrokenFile extends Exception {

    private static final String CUT_ZIP = "The ZIP is cut off or damaged. Download it again. If it was split into parts, join them first.";

    private final transient Place place;

    BrokenFile(Place place, String reason, Throwable cause) {
        super(reason, cause);
        this.place = place;
    }

    BrokenFile(Place place, String reason) {
        super(reason);
        this.place = place;
    }

    /** Translates a stream's failure into what it means for the file. */
    static BrokenFile at(Place place, IOException cause) {
        return new BrokenFile(place, switch (cause) {
            case SizeLimit limit -> String.valueOf(limit.getMessage());
            case UnmarkedText.UnknownLetters unknown -> String.valueOf(unknown.getMessage());
            case BoundedZip.Refused refused -> "The ZIP " + refused.getMessage() + ".";
            case EOFException end -> CUT_ZIP;
            case ZipException damaged -> CUT_ZIP;
            default -> "The file ends too early.";
        }, cause);
    }

    /** Reports whether nothing more can be read from the same stream. */
    boolean endsTheStream() {
        return getCause() instanceof IOException && !(getCause() instanceof RecordReader.TooLong) && !(getCause() instanceof UnmarkedText.UnknownLetters);
    }

    public Place place() {
        return place;
    }

    /** Reports whether the upload is larger than allowed, so that nothing more of it is read. */
    public boolean isTooLarge() {
        return getCause() instanceof SizeLimit;
    }

    /** What is wrong with the file, as a sentence. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
