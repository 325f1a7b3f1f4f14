package social.coral.web.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.tenancy.Databases;
import social.coral.tenancy.TenantDoor;
import social.coral.web.Browser;

@BrowserTest
class DataPageTest {

    @Autowired private TenantDoor door;
    @Autowired private Environment environment;
    @Autowired private People people;
    @Autowired private Databases databases;

    @Test
    void whatOnePersonDownloadsAnotherBringsIn() throws Exception {
        TestPerson giver = people.aPerson();
        giver.post("/api/tweets", Map.of("content", "travels along"));
        byte[] archive;
        try (Browser browser = Browser.open(environment).as(giver)) {
            Page page = browser.go("/settings/data");
            Download download = page.waitForDownload(() -> page.getByText("Export everything").click());
            archive = Files.readAllBytes(download.path());
        }
        TestPerson taker = people.aPerson();
        try (Browser browser = Browser.open(environment).as(taker)) {
            Page page = browser.go("/settings/data");
            page.locator("#file").setInputFiles(new FilePayload("coral-export.zip", "application/zip", archive));
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Import").setExact(true)).click();
            page.locator("#outcome h2").waitFor();
            assertThat(page.locator("#outcome").innerText()).contains("1 item imported", "Posts", "Not imported, because it stays in the other account: email address and password, ");

            page.locator("#file").setInputFiles(new FilePayload("broken.zip", "application/zip", new byte[] {1, 2, 3}));
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Import").setExact(true)).click();
            page.locator("#outcome .notice").waitFor();
            assertThat(page.locator("#outcome").innerText()).contains("Nothing was imported. This file is not a ZIP, or is damaged. Choose the ZIP");
            assertThat(browser.complaints()).isEmpty();
        }
        assertThat(taker.get("/api/tweets").text("/tweets/0/content")).isEqualTo("travels along");
    }

    @Test
    void anErasureIsAskedForByPasswordSeenOnEveryPageAndUndone() {
        TestPerson person = people.aPerson();
        person.post("/api/tweets", Map.of("content", "would be lost"));
        person.browser().form("/settings/keys/sandbox", Map.of());
        String account = person.post("/api/x-accounts", Map.of("username", "nobody_has_it")).text("/x_account/id");
        String run = person.post("/api/agents/tweet-scraping/run", Map.of()).text("/run/id");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> person.get("/api/runs/" + run).text("/run/status").equals("failed"));
        person.delete("/api/x-accounts/" + account);
        // A run whose accounts do not exist is not offered for a retry at any time.
        person.tenant().run(() -> door.sql("update public.agent_run_steps set error_code = null where user_id = :tenant").update());
        String other = person.post("/api/x-accounts", Map.of("username", "reef_notes")).text("/x_account/id");
        person.patch("/api/x-accounts/" + other, Map.of("is_active", false));
        person.put("/api/agents/tweet-scraping/schedule", Map.of("enabled", true, "every", "PT30M", "time_zone", "UTC"));
        signedInLongAgo(person);
        try (Browser browser = Browser.open(environment, Browser.options().setViewportSize(390, 800).setColorScheme(ColorScheme.DARK)).as(person)) {
            Page page = browser.go("/settings/data");
            page.getByText("Erase my account").click();
            page.locator("#dialog #password").waitFor();
            assertThat(page.locator("#dialog").innerText()).contains("You will lose ", "1 post", "1 account on X", "1 API key", "1 persona", "seven days");
            page.locator("#password").fill("not mine at all");
            page.locator("#dialog .btn-danger").click();
            page.locator("#password-error").waitFor();
            page.locator("#password").fill(person.password());
            page.locator("#dialog .btn-danger").click();
            page.locator(".leaving").waitFor();

            browser.go("/tweets");
            assertThat(page.locator(".leaving").innerText()).contains("Your account will be erased on");
            browser.go("/agents");
            assertThat(page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("Collect posts")).innerText()).contains("Stopped", "Press Undo to keep it").doesNotContain("Ready", "Run now", "Next run");
            assertThat(person.get("/api/agents").text("/agents/0/next_run_at")).isEmpty();
            browser.go("/runs/" + run);
            assertThat(page.locator("form[action$=retry]").count()).isZero();
            page.locator(".leaving button").click();
            page.locator("#toasts").getByText("Nothing will be erased").waitFor();
            assertThat(page.locator(".leaving").count()).isZero();
            assertThat(person.get("/api/agents").text("/agents/0/next_run_at")).isNotEmpty();
            browser.go("/runs/" + run);
            assertThat(page.locator("form[action$=retry]").count()).isOne();
            browser.go("/settings/audit");
            assertThat(page.locator("#list").innerText()).contains("Draft saved would be lost").containsPattern("Account erasure requested for [A-Z][a-z]{2} \\d+ ")
                    .doesNotContainPattern("[0-9a-f]{8}-[0-9a-f]{4}");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void whoWaivesTheGraceIsSignedOutAndGone() {
        TestPerson person = people.aPerson();
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/settings/data/erase");
            page.locator("input[name=waive_grace]").check();
            page.locator(".btn-danger").click();
            page.waitForURL("**/auth/login");
            assertThat(page.locator("#toasts").innerText()).contains("is being erased now");
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> person.get("/api/tweets").status() == 401);
    }

    private void signedInLongAgo(TestPerson person) {
        JdbcClient.create(databases.auth())
                .sql("update auth.coral_sessions set amr = jsonb_build_array(jsonb_build_object('method', 'password', 'timestamp', 0)) where user_id = ?")
                .param(person.id())
                .update();
    }
}
