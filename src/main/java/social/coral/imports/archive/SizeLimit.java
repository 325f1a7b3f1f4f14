package social.coral.imports.archive;

import java.io.IOException;

/** The upload is larger than allowed. */
public final class SizeLimit extends IOException {

    public SizeLimit(String message) {
        super(message);
    }
}
