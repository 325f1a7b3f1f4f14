package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import social.coral.TestPerson;
import social.coral.content.NewReply;
import social.coral.content.Replies;
import social.coral.content.Reply;
import social.coral.tenancy.Actor;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;
import tools.jackson.databind.json.JsonMapper;

/** Gives a person of a test something to look at. */
public final class Samples {

    /** A post that tries everything. */
    static final String HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> \"'>&amp; javascript:alert(3) "
            + "https://evil.org/\"><svg/onload=alert(4)> \u202Egpj.exe\u202C \u2066x\u2069 #<b>tag @somebody";

    private Samples() {}

    /** Accounts, collected posts and posts of one's own. */
    public static void fill(TestPerson person) {
        for (String name : List.of("reefcheck", "deep_sea", "a_name_15_long_")) {
            assertThat(person.post("/api/x-accounts", Map.of("username", name)).status()).isEqualTo(201);
        }
        assertThat(person.post("/api/tweets", Map.of("content", "Low tide at noon. https://example.org/tides #tides")).status()).isEqualTo(201);
        String text = "# Tides\n\nLow **tide** at noon.\n\n> " + "Donaudampfschifffahrtsgesellschaft".repeat(4) + "\n\n" + HOSTILE;
        assertThat(person.post("/api/blogs", Map.of("title", "Tides " + "0123456789".repeat(10), "content", text)).status()).isEqualTo(201);
        assertThat(person.post("/api/threads", Map.of("parts", List.of(Map.of("content", HOSTILE), Map.of("content", "Low tide")))).status()).isEqualTo(201);
        assertThat(person.post("/api/approval-rules", Map.of("name", "Short threads " + "0123456789".repeat(4), "kind", "thread", "max_parts", 5)).status()).isEqualTo(201);
        collect(person, HOSTILE);
        collect(person, "ارتفعت درجة حرارة سطح البحر 🌊 " + "Donaudampfschifffahrtsgesellschaft".repeat(4));
    }

    static void collect(TestPerson person, String content) {
        String id = Long.toString(1_700_000_000_000_000_000L + Math.floorMod(content.hashCode(), 1_000_000));
        String file = new JsonMapper().writeValueAsString(List.of(
                Map.of("id", id, "text", content, "created_at", "2026-01-02T03:04:05Z", "author", "reefcheck", "likes", 12345)));
        assertThat(person.api().send("POST", "/api/tweets/cache/import", BodyPublishers.ofString(file), "application/octet-stream").status())
                .isEqualTo(200);
    }

    /** A mention that was set aside, by an author who is muted now, and one that a reply was drafted to; the reply is returned. */
    public static UUID mentions(TenantDoor door, Replies replies, TestPerson person) {
        return person.tenant().call(() -> {
            List<UUID> ids = new ArrayList<>();
            for (String text : List.of("@my_brand " + HOSTILE, "@my_brand " + "Donaudampfschifffahrtsgesellschaft".repeat(4))) {
                ids.add(door.sql("""
                        insert into public.mentions (network, tweet_id, account_id, author_id, author, author_name, content, created_at, context)
                        values ('x', :id, '77', '42', 'a_name_15_long_', :name, :text, now(), cast(:context as jsonb)) returning id
                        """)
                        .param("id", "17000000000000000" + ids.size())
                        .param("name", HOSTILE)
                        .param("text", text)
                        .param("context", "[{\"tweet_id\":\"16\",\"author\":\"my_brand\",\"author_name\":\"My Brand\",\"content\":\"Low tide\",\"created_at\":\"2026-01-02T03:04:05Z\"}]")
                        .one(Columns::id));
            }
            door.sql("update public.mentions set state = 'set_aside', reason = 'hostile' where user_id = :tenant and id = :id").param("id", ids.getFirst()).update();
            door.sql("insert into public.muted_authors (network, author_id, author) values ('x', '43', 'another_15_long')").update();
            return Actor.agent("x-reply").call(() -> {
                Reply draft = replies.draft(new NewReply(ids.getLast(), "The tide is low at noon.", List.of(), "extracts"), Duration.ofDays(1));
                return replies.submit(draft.id()).id();
            });
        });
    }

    /** What an agent has noted for a person. */
    static void note(TenantDoor door, TestPerson person) {
        person.tenant().run(() -> door.sql("insert into public.agent_notes (agent, name, content) values ('tweet-scraping', :name, :text)")
                .param("name", "topic/" + "tides".repeat(18))
                .param("text", "The tide is low at noon. " + "Donaudampfschifffahrtsgesellschaft".repeat(4))
                .update());
    }
}
