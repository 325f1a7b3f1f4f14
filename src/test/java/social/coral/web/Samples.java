package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import social.coral.TestPerson;
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

    /** What an agent has noted for a person. */
    static void note(TenantDoor door, TestPerson person) {
        person.tenant().run(() -> door.sql("insert into public.agent_notes (agent, name, content) values ('tweet-scraping', :name, :text)")
                .param("name", "topic/" + "tides".repeat(18))
                .param("text", "The tide is low at noon. " + "Donaudampfschifffahrtsgesellschaft".repeat(4))
                .update());
    }
}
