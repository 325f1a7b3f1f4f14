package social.coral.edge;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import social.coral.CoralTest;
import social.coral.installation.DiskSpace;

@CoralTest
class DiskReserveTest {

    @Autowired private DiskSpace disk;
    @Autowired private ErrorResponses errors;

    /** An import looks at the connection while it works, and what Tomcat still holds of the upload would be overwritten. */
    @Test
    void anUploadThatIsWatchedTellsWhatIsThereToRead() throws Exception {
        MockHttpServletRequest upload = new MockHttpServletRequest("POST", "/tweets/import");
        upload.setContent(new byte[5_000]);
        AtomicInteger left = new AtomicInteger();
        new DiskReserve(disk, errors).filter(upload, new MockHttpServletResponse(), (request, response) -> left.set(leftAfter(1_000, request.getInputStream())));
        assertThat(left).hasValue(4_000);
    }

    private static int leftAfter(int bytes, ServletInputStream body) throws IOException {
        body.readNBytes(bytes);
        return body.available();
    }
}
