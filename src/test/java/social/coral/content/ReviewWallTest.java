package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.api.Page;
import social.coral.tenancy.Actor;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

/** What the database lets nobody do with a text that passes review, whatever statement runs as its own tenant. */
@CoralTest
class ReviewWallTest {

    private static final Actor PERSON = Actor.person("127.0.0.1", UUID.randomUUID());
    private static final Actor AGENT = Actor.agent("blog-writing");
    private static final Actor SYSTEM = new Actor("system", null, null);
    private static final Set<PostStatus> OF_PUBLISHING = EnumSet.of(PostStatus.PUBLISHING, PostStatus.PUBLISHED, PostStatus.FAILED);
    private static final String TOMORROW = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();

    @Autowired People people;

    @Autowired TenantDoor door;

    @Autowired Blogs blogs;

    @Autowired TweetThreads threads;

    @Autowired Replies replies;

    @Autowired Tweets tweets;

    private Tenant tenant;

    @BeforeEach
    void somebody() {
        tenant = people.aPerson().tenant();
    }

    /** A draft of this kind that whoever acts has written. */
    private ReviewedText draft(TextKind kind, Actor actor) {
        return as(actor, () -> switch (kind) {
            case BLOG -> blogs.draft(new NewBlog("Reefs", "Words on reefs", List.of(), null, null, null));
            case THREAD -> threads.draft(new NewThread(null, List.of("One", "Two"), List.of(), null, null, null));
            case REPLY -> replies.draft(new NewReply(aCollectedPost(), "Words", List.of(), null), Duration.ZERO);
            case TWEET -> tweets.draft(new NewTweet("Words", List.of(), null, null, null));
        });
    }

    private UUID aCollectedPost() {
        return door.sql("""
                insert into public.tweets_cache (network, tweet_id, author, content, source, created_at)
                values ('x', :number, 'bob', 'A question', 'collected', now()) returning id
                """)
                .param("number", "" + (1 + Math.abs(UUID.randomUUID().getMostSignificantBits() >> 8))).one(row -> row.getObject(1, UUID.class));
    }

    private <T extends Object> T as(Actor actor, ScopedValue.CallableOp<T, RuntimeException> work) {
        return tenant.call(() -> actor.call(work));
    }

    private int sql(Actor actor, TextKind kind, UUID id, String statement) {
        return as(actor, () -> door.sql(statement.replace("TABLE", "public." + kind.table()).replace("WORDS", kind == TextKind.THREAD ? "parts = '{other}'" : "content = 'other'"))
                .param("id", id).update());
    }

    private void moved(Actor actor, ReviewedText text, PostStatus... steps) {
        for (PostStatus step : steps) {
            as(actor, () -> door.sql("select public.move_text(:kind, :id, :wanted)").param("kind", text.kind()).param("id", text.id()).param("wanted", step).first(row -> true));
        }
    }

    private ReviewedText now(ReviewedText text) {
        return as(PERSON, () -> switch (text.kind()) {
            case BLOG -> blogs.get(text.id());
            case THREAD -> threads.get(text.id());
            case REPLY -> replies.get(text.id());
            case TWEET -> tweets.get(text.id());
        });
    }

    private ReviewedText approved(TextKind kind) {
        ReviewedText text = draft(kind, PERSON);
        moved(PERSON, text, PostStatus.IN_REVIEW, PostStatus.APPROVED);
        return text;
    }

    @ParameterizedTest
    @EnumSource
    void aTenantCannotSetAStatusByItself(TextKind kind) {
        ReviewedText text = draft(kind, PERSON);
        for (PostStatus status : PostStatus.values()) {
            for (String attack : List.of("update TABLE set status = '" + status + "' where user_id = :tenant and id = :id",
                    "insert into TABLE (id, status) values (:id, '" + status + "')",
                    "insert into TABLE (id) values (:id) on conflict (user_id, id) do update set status = '" + status + "'")) {
                assertThatThrownBy(() -> sql(PERSON, kind, text.id(), attack)).as(attack).isInstanceOf(DataAccessException.class).rootCause().hasMessageContaining("permission denied");
            }
        }
        assertThat(now(text).status()).isEqualTo(PostStatus.DRAFT);
    }

    @ParameterizedTest
    @EnumSource
    void aTenantCannotApproveByItself(TextKind kind) {
        ReviewedText text = draft(kind, PERSON);
        for (String attack : List.of(
                "update TABLE set approved_hash = text_hash where user_id = :tenant and id = :id",
                "update TABLE set written_by = null where user_id = :tenant and id = :id",
                "insert into public.approvals (kind, text_id, hash, parts, sources, approved_by) values ('" + kind + "', :id, '\\x00', '{x}', '[]', 'person')",
                "update public.approvals set voided_at = null where user_id = :tenant and text_id = :id",
                "delete from public.approvals where user_id = :tenant and text_id = :id")) {
            assertThatThrownBy(() -> sql(PERSON, kind, text.id(), attack)).as(attack).isInstanceOf(DataAccessException.class).rootCause().hasMessageContaining("permission denied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anApprovedTextCannotBeChangedWithoutVoidingItsApproval(TextKind kind) {
        ReviewedText text = approved(kind);
        for (String change : List.of("WORDS", "sources = '[{\"url\": \"https://example.org\"}]'")) {
            assertThatThrownBy(() -> sql(PERSON, kind, text.id(), "update TABLE set " + change + " where user_id = :tenant and id = :id"))
                    .isInstanceOf(DataIntegrityViolationException.class).rootCause().hasMessageContaining("text_approved");
        }
        moved(PERSON, text, PostStatus.DRAFT);
        assertThat(sql(PERSON, kind, text.id(), "update TABLE set WORDS where user_id = :tenant and id = :id")).isOne();
        assertThat(approvals(text)).containsExactly("person voided");
    }

    @Test
    void anotherTitleKeepsTheApprovalOfAThreadAndVoidsThatOfABlogPost() {
        String rename = "update TABLE set title = 'Another' where user_id = :tenant and id = :id";
        ReviewedText thread = approved(TextKind.THREAD);
        assertThat(sql(PERSON, TextKind.THREAD, thread.id(), rename)).isOne();
        assertThat(approvals(thread)).containsExactly("person");
        ReviewedText blog = approved(TextKind.BLOG);
        assertThatThrownBy(() -> sql(PERSON, TextKind.BLOG, blog.id(), rename)).rootCause().hasMessageContaining("text_approved");
        moved(PERSON, thread, PostStatus.DRAFT);
        assertThat(approvals(thread)).containsExactly("person voided");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOnItsWayOutOrOutStaysAsItWasApproved(TextKind kind) {
        ReviewedText text = approved(kind);
        sql(PERSON, kind, text.id(), "update TABLE set scheduled_for = '" + TOMORROW + "', time_zone = 'UTC' where user_id = :tenant and id = :id");
        moved(PERSON, text, PostStatus.SCHEDULED);
        for (PostStatus step : List.of(PostStatus.PUBLISHING, PostStatus.PUBLISHED)) {
            moved(SYSTEM, text, step);
            assertThatThrownBy(() -> sql(PERSON, kind, text.id(), "update TABLE set WORDS where user_id = :tenant and id = :id")).isInstanceOf(DataIntegrityViolationException.class);
        }
        assertThat(approvals(text)).containsExactly("person");
    }

    private List<String> approvals(ReviewedText text) {
        return as(PERSON, () -> door.sql("""
                select approved_by || case when voided_at is null then '' else ' voided' end from public.approvals
                where user_id = :tenant and kind = :kind and text_id = :id order by created_at
                """).param("kind", text.kind()).param("id", text.id()).list(row -> row.getString(1)));
    }

    @ParameterizedTest
    @EnumSource
    void theDatabaseTakesTheStepsThatTheProgramKnowsAndNoOther(PostStatus before) {
        for (PostStatus after : PostStatus.values()) {
            for (Actor actor : List.of(PERSON, AGENT)) {
                ReviewedText text = brought(draft(TextKind.TWEET, actor), before);
                boolean knows = actor == PERSON ? text.nextFrom(before).contains(after) : before.nextByAgent().contains(after);
                assertThat(takes(actor, text, after)).as("%s: %s to %s", actor.name(), before, after).isEqualTo(knows);
            }
        }
    }

    private ReviewedText brought(ReviewedText text, PostStatus status) {
        sql(PERSON, text.kind(), text.id(), "update TABLE set scheduled_for = '" + TOMORROW + "', time_zone = 'UTC' where user_id = :tenant and id = :id");
        List<PostStatus> way = List.of(PostStatus.IN_REVIEW, PostStatus.APPROVED, PostStatus.SCHEDULED, PostStatus.PUBLISHING);
        int steps = switch (status) {
            case DRAFT -> 0;
            case IN_REVIEW, CHANGES_WANTED, REJECTED -> 1;
            case APPROVED -> 2;
            case SCHEDULED -> 3;
            case PUBLISHING, PUBLISHED, FAILED -> 4;
        };
        Stream.concat(way.stream().limit(steps), Stream.of(status)).distinct().filter(step -> step != PostStatus.DRAFT)
                .forEach(step -> moved(OF_PUBLISHING.contains(step) ? SYSTEM : PERSON, text, step));
        return text;
    }

    private boolean takes(Actor actor, ReviewedText text, PostStatus step) {
        try {
            moved(actor, text, step);
            return true;
        } catch (DataIntegrityViolationException refused) {
            assertThat(refused).rootCause().hasMessageContaining("moves no text");
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAgentApprovesNothingAndAPersonSchedulesNoDraftOfAnAgent(TextKind kind) {
        ReviewedText text = draft(kind, AGENT);
        sql(AGENT, kind, text.id(), "update TABLE set scheduled_for = '" + TOMORROW + "', time_zone = 'UTC' where user_id = :tenant and id = :id");
        assertThat(takes(PERSON, text, PostStatus.SCHEDULED)).isFalse();
        moved(AGENT, text, PostStatus.IN_REVIEW);
        assertThat(takes(AGENT, text, PostStatus.APPROVED)).isFalse();
        assertThat(takes(SYSTEM, text, PostStatus.APPROVED)).isFalse();
        moved(PERSON, text, PostStatus.APPROVED, PostStatus.SCHEDULED);
        assertThat(approvals(text)).containsExactly("person");
    }

    @Test
    void anAgentMovesNothingThatAPersonWrote() {
        ReviewedText text = draft(TextKind.TWEET, PERSON);
        assertThat(takes(AGENT, text, PostStatus.IN_REVIEW)).isFalse();
    }

    @Test
    void anotherTenantsTextIsOneThatDoesNotExist() {
        ReviewedText text = draft(TextKind.BLOG, PERSON);
        Tenant owner = tenant;
        tenant = people.aPerson().tenant();
        assertThatThrownBy(() -> moved(PERSON, text, PostStatus.IN_REVIEW)).rootCause().hasMessageContaining("no such text");
        tenant = owner;
        assertThat(now(text).status()).isEqualTo(PostStatus.DRAFT);
    }

    @Test
    void nothingIsScheduledWithoutATime() {
        ReviewedText text = approved(TextKind.THREAD);
        assertThatThrownBy(() -> moved(PERSON, text, PostStatus.SCHEDULED)).rootCause().hasMessageContaining("scheduled_for_given");
    }

    @Test
    void otherPartsAreAnotherText() {
        assertThat(Stream.of("{ab,c}", "{a,bc}", "{abc}", "{c,ab}", "{a,b,c}").map(this::hash)).doesNotHaveDuplicates();
    }

    private String hash(String parts) {
        return as(PERSON, () -> door.sql("select encode(public.text_hash(cast(:parts as text[]), '[]'), 'hex')").param("parts", parts).<String>one(row -> row.getString(1)));
    }

    @Test
    void anApprovalHoldsAllThatWasApprovedAndTwentyOfATextAreKept() {
        ReviewedText text = approved(TextKind.THREAD);
        String held = as(PERSON, () -> door.sql("select array_to_string(parts, '|') || ' ' || sources from public.approvals where user_id = :tenant and text_id = :id")
                .param("id", text.id()).<String>one(row -> row.getString(1)));
        assertThat(held).isEqualTo("One|Two []");
        for (int i = 0; i < 22; i++) {
            moved(PERSON, text, PostStatus.DRAFT, PostStatus.IN_REVIEW, PostStatus.APPROVED);
        }
        assertThat(approvals(text)).hasSize(20).endsWith("person").filteredOn(approval -> approval.equals("person")).hasSize(1);
    }

    @Test
    void anImportBringsDraftsWhateverTheyWere() {
        TestPerson source = people.aPerson();
        String path = "/api/tweets/" + source.post("/api/tweets", Map.of("content", "Approved there")).text("/tweet/id");
        for (String step : List.of("in_review", "approved")) {
            assertThat(source.patch(path, Map.of("status", step)).status()).isEqualTo(200);
        }
        byte[] archive = source.api().bytes("GET", "/api/user/export", BodyPublishers.noBody(), "application/json").body();
        TestPerson target = people.aPerson();
        assertThat(target.api().send("POST", "/api/user/import", BodyPublishers.ofByteArray(archive), "application/zip").status()).isEqualTo(200);
        assertThat(target.get("/api/tweets").text("/tweets/0/content")).isEqualTo("Approved there");
        assertThat(target.get("/api/tweets").text("/tweets/0/status")).isEqualTo("draft");
        assertThat(target.tenant().call(() -> tweets.versions(UUID.fromString(target.get("/api/tweets").text("/tweets/0/id")), Page.of(null, null)))).isEmpty();
    }
}
