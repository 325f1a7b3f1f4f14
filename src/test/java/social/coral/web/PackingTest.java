package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.tenancy.CostlyWork;

/** A long answer is packed as its tenant's work, and is the same as the one that is not packed. */
@CoralTest
class PackingTest {

    private static final String LIST = "/api/tweets/cache?limit=100";

    @Autowired private People people;
    @Autowired private CostlyWork costly;

    private TestPerson person;

    @BeforeEach
    void aPersonWithLongPosts() {
        person = people.aPerson();
        StringBuilder rows = new StringBuilder("id,text,created_at\n");
        for (int i = 1; i <= 20; i++) {
            rows.append(i).append(",").append("reef tide ".repeat(500)).append(",2026-01-01T00:00:00Z\n");
        }
        person.api().send("POST", "/api/tweets/cache/import?author=mara", BodyPublishers.ofString(rows.toString()), "text/csv");
    }

    @Test
    void whatIsPackedIsTheWholeAnswer() throws Exception {
        HttpResponse<byte[]> packed = packed("gzip, br");
        assertThat(packed.headers().allValues("Content-Encoding")).containsExactly("gzip");
        assertThat(packed.headers().allValues("Vary").toString()).contains("Accept-Encoding");
        assertThat(packed.body()).hasSizeLessThan(50_000);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                .hasSizeGreaterThan(100_000).isEqualTo(packed("gzip;q=0").body()).isEqualTo(packed("identity").body());
    }

    @Test
    void packingWaitsForItsTenantsOtherWork() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> waiting = person.tenant().call(() -> costly.inTurn(() -> {
            CompletableFuture<HttpResponse<byte[]>> asked = CompletableFuture.supplyAsync(() -> packed("gzip"));
            assertThat(packed("identity").statusCode()).isEqualTo(200);
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> asked.get(1, TimeUnit.SECONDS));
            return asked;
        }));
        assertThat(waiting.get().headers().firstValue("Content-Encoding")).contains("gzip");
    }

    private HttpResponse<byte[]> packed(String codings) {
        return person.api().with("Accept-Encoding", codings).bytes("GET", LIST, BodyPublishers.noBody(), "");
    }
}
