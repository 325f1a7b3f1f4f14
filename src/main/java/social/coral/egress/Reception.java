package social.coral.egress;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;

/** A response whose body is still arriving. A status other than 200 means one that is read whole. */
public interface Reception {

    int status();

    HttpHeaders headers();

    /** The body as it arrives. Reading fails when nothing has come for too long, or too much has. */
    InputStream body() throws IOException;

    /** Reads the rest as a whole response. */
    EgressResponse whole() throws IOException;

    /** Reads a response on a thread of its own, in the service's time. */
    interface Reader<T> {
        T read(Reception response) throws IOException;
    }
}
