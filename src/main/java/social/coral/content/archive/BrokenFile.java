package social.coral.content.archive;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;
import social.coral.portability.BoundedZip;

/** The file is unreadable from here on. What was read before is kept. */
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

    /** Translates a stream's failure into what it means for the file. */
    static BrokenFile at(Place place, IOException cause) {
        return new BrokenFile(place, switch (cause) {
            case SizeLimit limit -> String.valueOf(limit.getMessage());
            case BoundedZip.Refused refused -> "is a ZIP that " + refused.getMessage();
            case EOFException end -> "is a ZIP that is cut off or damaged";
            case ZipException damaged -> "is a ZIP that is cut off or damaged";
            default -> "ends too early";
        }, cause);
    }

    public Place place() {
        return place;
    }

    /** What is wrong with the file, as a predicate. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
