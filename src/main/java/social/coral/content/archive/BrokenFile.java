package social.coral.content.archive;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;

/** The file cannot be read from here on. What was read before stands. */
public final class BrokenFile extends Exception {

    private final transient Place place;

    BrokenFile(Place place, String reason, Throwable cause) {
        super(reason, cause);
        this.place = place;
    }

    BrokenFile(Place place, String reason) {
        super(reason);
        this.place = place;
    }

    /** What a stream that fails means for the file that it carries. */
    static BrokenFile at(Place place, IOException cause) {
        return new BrokenFile(place, switch (cause) {
            case SizeLimit limit -> String.valueOf(limit.getMessage());
            case EOFException end -> "the file ends here in the middle";
            case ZipException damaged -> "the ZIP is damaged here, or unfolds to far more than its size";
            default -> "the upload ended here";
        }, cause);
    }

    public Place place() {
        return place;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
