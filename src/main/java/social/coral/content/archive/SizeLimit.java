package social.coral.content.archive;

import java.io.IOException;

/** More came than is taken in one upload. */
public final class SizeLimit extends IOException {

    public SizeLimit(String message) {
        super(message);
    }
}
