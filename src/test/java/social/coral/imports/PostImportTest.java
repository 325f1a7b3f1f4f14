package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static social.coral.Tenants.aTenant;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;
import social.coral.CoralTest;
import social.coral.api.Failure;
import social.coral.content.CollectedPosts;
import social.coral.content.PostFilter;
import social.coral.content.PublishedPosts;
import social.coral.imports.ImportResult.Remark;
import social.coral.portability.ImportFault;
import social.coral.portability.ImportTurns;
import social.coral.tenancy.BoundSetting;
import social.coral.tenancy.Databases;
import social.coral.tenancy.LostAnswers;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;
import social.coral.tenancy.TestDoors;

@CoralTest
class PostImportTest {

    @Autowired
    Databases databases;

    @Autowired
    CollectedPosts posts;

    @Autowired
    PostImport imports;

    @Autowired
    ImportTurns turns;

    @Autowired
    PastImports past;

    @Autowired
    PublishedPosts published;

    @Autowired
    TenantDoor door;

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800", " \\u0000\\udfff\\n"})
    void aTextOfWhichNothingCanBeKeptIsNoPost(String text) throws Exception {
        aTenant(databases).call(() -> {
            ImportResult result = imports.run(upload(("[{\"id\":\"1\",\"author\":\"reef\",\"text\":\"" + text + "\",\"created_at\":\"2026-01-01T00:00:00Z\"}]").getBytes()));
            assertThat(result.rejected()).singleElement().extracting(Remark::reason).isEqualTo("The text is missing.");
            assertThat(posts.count(PostFilter.ALL)).isZero();
            return result;
        });
    }

    @Test
    void aFileBeyondTheLimitIsReadUpToItAndTheAnswerSaysSo() throws Exception {
        PostImport small = new PostImport(TestDoors.bounded(databases), new ImportSettings(DataSize.ofMegabytes(1)), turns, past, published);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImportDrill.writeArchive(file, 2);
        aTenant(databases).call(() -> {
            ImportResult result = small.run(upload(file.toByteArray()));
            assertThat(result.imported()).isPositive().isEqualTo(posts.count(PostFilter.ALL));
            assertThat(result.broken()).isNotNull().extracting(Remark::reason).asString().contains("1 MB");
            return result;
        });
    }

    @Test
    void aTenantHoldsAsManyPostsAsItMayAndNotOneMore() throws Exception {
        TenantDoor door = TestDoors.bounded(databases, new BoundSetting("tweets_cache", 1_000));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        assertThat(ImportDrill.writeArchive(file, 1)).isGreaterThan(1_000);
        aTenant(databases).run(() -> {
            assertThatThrownBy(() -> new PostImport(door, new ImportSettings(DataSize.ofMegabytes(1)), turns, past, published).run(upload(file.toByteArray())))
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.code()).isEqualTo("limit");
                        assertThat(failure.sentence()).contains("1000 collected and imported posts").endsWith(". 1,000 posts were stored.");
                        assertThat(failure.details()).containsEntry("imported", 1_000L);
                        assertThat(ImportFault.isAfterSome(failure)).isTrue();
                    });
            assertThat(posts.count(PostFilter.ALL)).isEqualTo(1_000);
        });
    }

    @Test
    void anEndThatTheDatabaseIsAwayForIsToldInTheLog() throws Exception {
        Tenant tenant = aTenant(databases);
        PostImport away = new PostImport(LostAnswers.door(databases, LostAnswers.Break.BEFORE_THE_COMMIT), new ImportSettings(DataSize.ofMegabytes(1)), turns, past, published);
        Logger log = (Logger) LoggerFactory.getLogger(PostImport.class);
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        log.addAppender(told);
        try {
            tenant.run(() -> away.enter(() -> {}, "17 posts were stored before it ended. The database did not answer."));
        } finally {
            log.detachAppender(told);
        }
        assertThat(told.list).anySatisfy(event -> assertThat(event.getFormattedMessage()).contains(tenant.id().toString(), "17 posts", "not be entered in the audit"));
    }

    @Test
    void aTenantImportsOneFileAtATime() throws Exception {
        MockHttpServletRequest slow = new MockHttpServletRequest("POST", "/api/tweets/cache/import") {
            @Override
            public ServletInputStream getInputStream() {
                assertThatThrownBy(() -> imports.run(upload(new byte[0]))).isInstanceOfSatisfying(Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo("import_under_way"));
                return new DelegatingServletInputStream(Archives.stream("id,text,created_at\n1,one,2026-01-01T00:00:00Z\n"));
            }
        };
        slow.setQueryString("author=reef");
        aTenant(databases).call(() -> {
            assertThat(imports.run(slow).imported()).isEqualTo(1);
            return imports.run(upload("[]".getBytes()));
        });
    }

    @Test
    void anImportThatIsUndoneBeforeItAddedAnythingIsStoppedAndSaysSo() throws Exception {
        String rows = IntStream.range(0, 3_000).mapToObj(row -> (1_700_000_000_000_000_000L + row) + ",Low tide " + row + ",2023-11-14\n").collect(Collectors.joining());
        aTenant(databases).call(() -> {
            assertThat(imports.run(upload(("id,text,created_at\n" + rows).getBytes())).imported()).isEqualTo(3_000);
            MockHttpServletRequest again = new MockHttpServletRequest("POST", "/api/tweets/cache/import") {
                @Override
                public ServletInputStream getInputStream() {
                    InputStream end = new InputStream() {
                        @Override
                        public int read() {
                            past.running().ifPresent(id -> assertThat(past.takeBack(id)).isEqualTo(new TakenBack(0, true)));
                            return -1;
                        }
                    };
                    return new DelegatingServletInputStream(new SequenceInputStream(Collections.enumeration(List.of(
                            Archives.stream("id,text,created_at\n" + rows), end, Archives.stream(rows)))));
                }
            };
            again.setQueryString("author=reef");
            assertThatThrownBy(() -> imports.run(again)).isInstanceOfSatisfying(Failure.class, failure -> {
                assertThat(failure.code()).isEqualTo(ImportFault.TAKEN_BACK);
                assertThat(failure.sentence()).isEqualTo(TakenBack.NOTHING_ADDED);
            });
            assertThat(door.sql("select action || ' ' || subject as entry from public.audit_log where user_id = :tenant").list(row -> row.getString("entry")))
                    .contains("posts.import_stopped upload: it had added nothing").doesNotContain("import.removed upload");
            return null;
        });
    }

    /** An upload in chunks, which does not say beforehand how long it is. */
    private static MockHttpServletRequest upload(byte[] file) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/tweets/cache/import") {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        request.setQueryString("author=reef");
        request.setContent(file);
        return request;
    }

    @Test
    void anUploadThatSaysItIsBeyondTheLimitIsRefusedUnread() {
        MockHttpServletRequest request = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return imports.limit().toBytes() + 1;
            }
        };
        assertThatThrownBy(() -> imports.run(request)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.status().value()).isEqualTo(413);
            assertThat(failure.sentence()).contains("2 GB");
        });
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
                result[0] = imports.run(request);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            assertThat(posts.count(PostFilter.of(null, "reefkeeper", null))).isEqualTo(2);
        });
        assertThat(result[0].imported()).isEqualTo(2);
    }
}
