package social.coral.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.FileSystemUtils;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.installation.DataFolder;
import social.coral.tenancy.CostlyWork;

/** A long answer is packed as its tenant's work, and is the same as the one that is not packed. */
@CoralTest
class CompressionTest {

    private static final String LIST = "/api/tweets/cache?limit=100";

    @Autowired private People people;
    @Autowired private CostlyWork costly;
    @Autowired private DataFolder data;

    private TestPerson person;

    @BeforeEach
    void aPersonWithLongPosts() {
        person = people.aPerson();
        collect(() -> "reef tide ".repeat(500));
    }

    private void collect(Supplier<String> text) {
        StringBuilder rows = new StringBuilder("id,text,created_at\n");
        for (int i = 1; i <= 20; i++) {
            rows.append(i).append(",").append(text.get()).append(",2026-01-01T00:00:00Z\n");
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
    void whatIsLongEvenWhenPackedArrivesWhole() throws Exception {
        Random letters = new Random(14);
        person = people.aPerson();
        collect(() -> letters.ints(4_000, 'a', 'z' + 1).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString());
        HttpResponse<byte[]> packed = packed("gzip");
        assertThat(packed.body()).as("longer than what is kept in memory").hasSizeGreaterThan(40_000);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes()).isEqualTo(packed("identity").body());
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

    @Test
    void aStrangerCannotHaveTheLargestFileCompressedAgainAndAgain() {
        HttpResponse<byte[]> file = people.aStranger().with("Accept-Encoding", "gzip").bytes("GET", "/swagger-ui/swagger-ui-bundle.js", BodyPublishers.noBody(), "");
        assertThat(file.body()).hasSizeGreaterThan(1 << 20);
        assertThat(file.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void anAnswerIsWholeThoughSomebodyRemovedTheFolderThatKeepsIt() throws IOException {
        byte[] answer = packed("identity").body();
        Path aside = Files.move(data.temporary(), data.resolve("tmp-aside"));
        try {
            assertThat(packed("identity").body()).isEqualTo(answer);
        } finally {
            putBack(aside);
        }
    }

    @Test
    void anAnswerThatCannotBeKeptIsRefusedAndNotCutAndNobodyIsToldThatNothingWasSaved() throws IOException {
        Path aside = Files.move(data.temporary(), data.resolve("tmp-aside"));
        try {
            Files.writeString(data.temporary(), "in the way");
            for (String coding : List.of("identity", "gzip")) {
                HttpResponse<byte[]> refused = packed(coding);
                assertThat(refused.statusCode()).isEqualTo(507);
                assertThat(refused.headers().firstValue("Content-Encoding")).isEmpty();
                assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("answer_not_kept", "check whether it was saved").doesNotContain("nothing was saved");
            }
        } finally {
            putBack(aside);
        }
    }

    private void putBack(Path aside) throws IOException {
        FileSystemUtils.deleteRecursively(data.temporary());
        Files.move(aside, data.temporary());
    }

    private HttpResponse<byte[]> packed(String codings) {
        return person.api().with("Accept-Encoding", codings).bytes("GET", LIST, BodyPublishers.noBody(), "");
    }
}
