package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static social.coral.Tenants.aTenant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;
import social.coral.CoralTest;
import social.coral.api.Failure;
import social.coral.content.ImportResult.Rejected;
import social.coral.tenancy.Databases;

@CoralTest
class PostImportTest {

    @Autowired
    Databases databases;

    @Autowired
    CollectedPosts posts;

    @Autowired
    PostImport imports;

    @Test
    void aFileBeyondTheLimitIsReadUpToItAndTheAnswerSaysSo() throws Exception {
        PostImport small = new PostImport(posts, new ContentSettings(DataSize.ofMegabytes(1)));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImportDrill.writeArchive(file, 2);
        aTenant(databases).call(() -> {
            ImportResult result = small.run(Archives.stream(file.toString()), Username.of("author", "reef"), ImportProgress.UNHEARD);
            assertThat(result.imported()).isPositive().isEqualTo(posts.count(PostFilter.ALL));
            assertThat(result.broken()).isNotNull().extracting(Rejected::reason).asString().contains("1 MB");
            return result;
        });
    }

    @Test
    void anUploadThatSaysItIsBeyondTheLimitIsRefusedUnread() {
        MockHttpServletRequest request = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return imports.limit().toBytes() + 1;
            }
        };
        assertThatThrownBy(() -> imports.run(request, ImportProgress.UNHEARD)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.status().value()).isEqualTo(413);
            assertThat(failure.sentence()).contains("2 GB");
        });
    }

    @Test
    void progressIsHeardAllTheWay() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int rows = ImportDrill.writeArchive(file, 1);
        List<Long> bytes = new ArrayList<>();
        List<Long> read = new ArrayList<>();
        aTenant(databases).call(() -> imports.run(Archives.stream(file.toString()), Username.of("author", "reef"), (soFar, rowsSoFar) -> {
            bytes.add(soFar);
            read.add(rowsSoFar);
        }));
        assertThat(bytes).hasSizeGreaterThan(5).isSorted().endsWith((long) file.size());
        assertThat(read).isSorted();
        assertThat(read.getLast()).isGreaterThan(rows / 2);
    }

    @Test
    void theFilesOfAnArchiveMayComeOneByOneInOneForm() throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/tweets/cache/import");
        request.setContentType("multipart/form-data; boundary=tide");
        String part = "--tide\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n";
        request.setContent((part.formatted("tweets.js", Archives.tweetsJs(Archives.tweet("1", "one")))
                + part.formatted("tweets-part1.js", Archives.tweetsJs(Archives.tweet("2", "two")))
                + part.formatted("account.js", Archives.ACCOUNT) + "--tide--\r\n").getBytes());
        ImportResult[] result = new ImportResult[1];
        aTenant(databases).run(() -> {
            try {
                result[0] = imports.run(request, ImportProgress.UNHEARD);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            assertThat(posts.count(PostFilter.of(null, "reefkeeper", null))).isEqualTo(2);
        });
        assertThat(result[0].imported()).isEqualTo(2);
    }
}
