package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.api.Page;
import social.coral.tenancy.Actor;
import social.coral.tenancy.TenantDoor;

/** A rule approves only what it says, of agents and unmarked, while it is on; the database sees to it whoever asks. */
@CoralTest
class ApprovalRulesTest {

    private static final Actor PERSON = Actor.person("127.0.0.1", UUID.randomUUID());
    private static final Actor AGENT = Actor.agent("blog-writing");

    @Autowired People people;

    @Autowired TenantDoor door;

    @Autowired Blogs blogs;

    @Autowired TweetThreads threads;

    @Autowired Critiques critiques;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
    }

    private <T extends Object> T as(Actor actor, ScopedValue.CallableOp<T, RuntimeException> work) {
        return person.tenant().call(() -> actor.call(work));
    }

    private String rule(Map<String, ?> values) {
        TestAnswer added = person.post("/api/approval-rules", values);
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        return added.text("/approval_rule/id");
    }

    private TweetThread thread(String... parts) {
        return as(AGENT, () -> threads.submit(threads.draft(new NewThread("Reefs", List.of(parts), List.of(new TextSource(1,
                "https://example.org/reef", "A reef", null)), null, null, null)).id()));
    }

    private boolean approves(TextKind kind, UUID text, String rule) {
        return as(AGENT, () -> door.sql("select public.approve_by_rule(:kind, :id, :rule)").param("kind", kind).param("id", text).param("rule",
                UUID.fromString(rule))
                .one(row -> row.getBoolean(1)));
    }

    @Test
    void aRuleIsOffUntilItIsSwitchedOnAndThenApprovesWithItsNameInTheAuditAndTheApproval() {
        String rule = rule(Map.of("name", "Short  threads", "kind", "thread", "max_parts", 2, "max_characters", 100));
        assertThat(person.get("/api/approval-rules").text("/approval_rules/0/name")).isEqualTo("Short threads");
        assertThat(thread("Corals are old.").status()).isEqualTo(PostStatus.IN_REVIEW);
        assertThat(person.patch("/api/approval-rules/" + rule, Map.of("enabled", true)).status()).isEqualTo(200);
        TweetThread approved = thread("Corals are old.");
        assertThat(approved.status()).isEqualTo(PostStatus.APPROVED);
        TestAnswer history = person.get("/api/threads/" + approved.id() + "/approvals");
        assertThat(history.text("/approvals/0/approved_by")).isEqualTo("rule Short threads");
        assertThat(history.text("/approvals/0/parts/0")).isEqualTo("Corals are old.");
        assertThat(person.get("/api/user/audit").body()).contains("thread.approved_by_rule", "Short threads", "approval_rule.switched_on");
        assertThat(person.browser().get("/threads/" + approved.id()).body()).contains("Approved by", "the rule “Short threads”", "What was approved");
        person.patch("/api/threads/" + approved.id(), Map.of("parts", List.of(Map.of("content", "Corals are young."))));
        TestAnswer voided = person.get("/api/threads/" + approved.id() + "/approvals");
        assertThat(voided.text("/approvals/0/voided_why")).isEqualTo("changed");
        assertThat(voided.text("/approvals/0/voided_by")).isEqualTo("person");
        assertThat(person.browser().get("/threads/" + approved.id()).body()).contains("No longer valid: the text was changed");
        person.patch("/api/approval-rules/" + rule, Map.of("enabled", false));
        assertThat(thread("Corals are old.").status()).isEqualTo(PostStatus.IN_REVIEW);
        assertThat(approves(TextKind.THREAD, thread("Corals are old.").id(), rule)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Corals grow 77 metres. | marked", "Ask @somebody. | marked", "See https://stranger.com. | marked", "See https://example.org/reef. | a link",
                "A|too many parts"})
    void whatARuleDoesNotCoverStaysInReviewWhoeverAsksTheDatabase(String text, String why) {
        String rule = rule(Map.of("name", "Short", "kind", "thread", "enabled", true, "max_parts", 2, "agent", "blog-writing"));
        TweetThread thread = why.equals("too many parts") ? thread("Corals", "are", "old.") : thread(text);
        assertThat(thread.status()).as(why).isEqualTo(PostStatus.IN_REVIEW);
        assertThat(approves(TextKind.THREAD, thread.id(), rule)).as(why).isFalse();
    }

    @Test
    void whatAPersonEditedOrAnotherAgentWroteOrNobodyLookedThroughIsForAPersonToApprove() {
        String rule = rule(Map.of("name", "All", "kind", "thread", "agent", "blog-to-tweet"));
        TweetThread thread = thread("Corals are old.");
        person.patch("/api/approval-rules/" + rule, Map.of("enabled", true));
        assertThat(approves(TextKind.THREAD, thread.id(), rule)).isFalse();
        Map<String, Object> any = new LinkedHashMap<>();
        any.put("agent", null);
        assertThat(person.patch("/api/approval-rules/" + rule, any).json().at("/approval_rule/agent").isNull()).isTrue();
        as(AGENT, () -> door.sql("update public.tweet_threads set marks = null where user_id = :tenant and id = :id").param("id", thread.id())
                .update());
        assertThat(approves(TextKind.THREAD, thread.id(), rule)).isFalse();
        person.patch("/api/threads/" + thread.id(), Map.of("parts", List.of(Map.of("content", "Corals are very old."))));
        assertThat(approves(TextKind.THREAD, thread.id(), rule)).isFalse();
    }

    @Test
    void anAgentApprovesNothingWithoutARuleOfTheSameTenantAndAPersonHasNoneApplied() {
        String rule = rule(Map.of("name", "All", "kind", "thread"));
        TweetThread thread = thread("Corals are old.");
        person.patch("/api/approval-rules/" + rule, Map.of("enabled", true));
        assertThat(approves(TextKind.THREAD, thread.id(), UUID.randomUUID().toString())).isFalse();
        assertThat(approves(TextKind.BLOG, thread.id(), rule)).isFalse();
        assertThatThrownBy(() -> as(PERSON, () -> door.sql("select public.approve_by_rule('thread', :id, :rule)").param("id", thread.id())
                .param("rule", UUID.fromString(rule))
                .one(row -> row.getBoolean(1)))).rootCause().hasMessageContaining("nobody who has a rule applied");
        assertThatThrownBy(() -> as(AGENT, () -> door.sql("select public.move_text('thread', :id, 'approved')").param("id", thread.id())
                .first(row -> true)))
                .rootCause().hasMessageContaining("moves no text");
        TestPerson owner = person;
        person = people.aPerson();
        TweetThread another = thread("Corals are old.");
        assertThat(approves(TextKind.THREAD, another.id(), rule)).isFalse();
        assertThat(approves(TextKind.THREAD, thread.id(), rule)).isFalse();
        person = owner;
        assertThat(approves(TextKind.THREAD, thread.id(), rule)).isTrue();
    }

    @Test
    void aScoreIsOfTheCritiqueOfTheVersionThatIsThere() {
        String rule = rule(Map.of("name", "Good posts", "kind", "blog", "min_score", 80, "enabled", true));
        Blog blog = as(AGENT, () -> blogs.submit(blogs.draft(new NewBlog("Reefs", "Corals are old.", List.of(), null, null, null)).id()));
        assertThat(blog.status()).isEqualTo(PostStatus.IN_REVIEW);
        as(AGENT, () -> {
            critiques.store(blog.id(), new Critique(1, Critique.Verdict.APPROVE, Map.of("evidence", 79, "voice", 100), List.of(), "gpt",
                    Instant.now()));
            return true;
        });
        assertThat(as(AGENT, () -> blogs.approveByRule(blog.id())).status()).isEqualTo(PostStatus.IN_REVIEW);
        Blog revised = as(AGENT, () -> blogs.revise(blog.id(), new Revision("Reefs", List.of("Corals are really old."), List.of(), null),
                blogs.get(blog.id()).updatedAt()));
        as(AGENT, () -> {
            critiques.store(blog.id(), new Critique(2, Critique.Verdict.APPROVE, Map.of("evidence", 80, "voice", 100), List.of(), "gpt",
                    Instant.now()));
            return true;
        });
        assertThat(as(AGENT, () -> blogs.approveByRule(revised.id())).status()).isEqualTo(PostStatus.APPROVED);
        assertThat(as(PERSON, () -> blogs.approvals(blog.id(), new Page(5, 0)))).singleElement().extracting(Approval::rule).isEqualTo("Good posts");
        assertThat(rule).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"name\": \" \", \"kind\": \"thread\"} | name", "{\"name\": \"A\"} | kind", "{\"name\": \"A\", \"kind\": \"poem\"} | kind",
        "{\"name\": \"A\", \"kind\": \"thread\", \"min_score\": 80} | min_score",
                "{\"name\": \"A\", \"kind\": \"blog\", \"min_score\": 101} | min_score",
        "{\"name\": \"A\", \"kind\": \"blog\", \"max_parts\": 2} | max_parts",
                "{\"name\": \"A\", \"kind\": \"thread\", \"max_parts\": \"2\"} | max_parts",
        "{\"name\": \"A\", \"kind\": \"thread\", \"max_characters\": 0} | max_characters",
                "{\"name\": \"A\", \"kind\": \"thread\", \"agent\": \"No one!\"} | agent"})
    void aRuleThatCannotBeTakenNamesItsField(String body, String field) {
        TestAnswer refused = person.post("/api/approval-rules", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo(field);
    }

    @Test
    void aNameIsTakenOnceAndAnotherTenantsRuleDoesNotExist() {
        String rule = rule(Map.of("name", "Short", "kind", "thread"));
        assertThat(person.post("/api/approval-rules", Map.of("name", "SHORT", "kind", "blog")).text("/errors/0/field")).isEqualTo("name");
        for (TestAnswer answer : List.of(people.aPerson().get("/api/approval-rules/" + rule), people.aPerson().delete("/api/approval-rules/"
                + rule))) {
            assertThat(answer.status()).isEqualTo(404);
        }
        assertThat(person.delete("/api/approval-rules/" + rule).status()).isEqualTo(204);
        assertThat(person.get("/api/approval-rules/" + rule).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "insert into public.approval_rules (name, kind, enabled) values ('A', 'thread', true)",
                "insert into public.approval_rules (name, kind, min_score) values ('A', 'thread', 50)",
        "insert into public.approval_rules (name, kind, max_parts) values ('A', 'reply', 5)",
                "insert into public.approval_rules (name, kind, min_score) values ('A', 'blog', 101)",
        "insert into public.approval_rules (name, kind) values ('A', 'poem')",
                "insert into public.approval_rules (name, kind) values (' ', 'thread')"})
    void theDatabaseTakesNoRuleThatIsBornOnOrAsksForWhatItsKindHasNot(String statement) {
        assertThatThrownBy(() -> as(PERSON, () -> door.sql(statement).update())).isInstanceOf(DataAccessException.class);
    }

    @Test
    void thePageAddsSwitchesEditsAndDeletesARuleWithoutScripts() {
        assertThat(person.browser().get("/settings/approval").body()).contains("Nothing is approved without you.");
        assertThat(person.browser().form("/settings/approval/new", Map.of("name", "Posts", "kind", "thread", "min_score", "80")).body())
                .contains("Only blog posts are judged");
        assertThat(person.browser().form("/settings/approval/new", Map.of("name", "Good <b>", "kind", "blog", "min_score", "80"))
                .header("Location")).isEqualTo("/settings/approval");
        String page = person.browser().get("/settings/approval").body();
        assertThat(page).contains("Good &lt;b&gt;", "Off", "gave each criterion at least 80 of 100");
        String id = person.get("/api/approval-rules").text("/approval_rules/0/id");
        person.browser().form("/settings/approval/" + id + "/enabled", Map.of("enabled", "true"));
        assertThat(person.get("/api/approval-rules/" + id).json().at("/approval_rule/enabled").asBoolean()).isTrue();
        assertThat(person.browser().get("/settings/approval/" + id).body()).contains("value=\"80\"", "Edit rule");
        person.browser().form("/settings/approval/" + id, Map.of("name", "Good posts", "kind", "blog"));
        assertThat(person.get("/api/approval-rules/" + id).json().at("/approval_rule/min_score").isNull()).isTrue();
        person.browser().form("/settings/approval/" + id + "/delete", Map.of());
        assertThat(person.get("/api/approval-rules").json().at("/approval_rules")).isEmpty();
    }
}
