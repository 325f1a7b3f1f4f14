package social.coral.web.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.web.Browser;
import tools.jackson.databind.JsonNode;

@BrowserTest
class PostsPageTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @Autowired private Environment environment;
    @Autowired private People people;

    @Test
    void aPostIsCountedAsXCountsItWrittenChangedAndDeletedAfterAQuestion() {
        TestPerson person = people.aPerson();
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets");
            page.keyboard().press("c");
            page.waitForURL("**/tweets/mine*");
            page.keyboard().type("Here is the cursor");
            assertThat(page.locator("#content-text").inputValue()).isEqualTo("Here is the cursor");
            page.locator("#content-text").fill("Tides 🌊 https://example.org/a/very/long/address/that/goes/on/and/on");
            page.locator("#preview").getByText("248 left").waitFor();
            page.locator("#content-text").fill("é".repeat(281));
            page.locator("#preview").getByText("1 character too long to publish").waitFor();
            press(page, "Save draft");
            assertThat(page.locator("#toasts").innerText()).contains("Saved as a draft. It is 1 character too long to publish.");
            assertThat(page.locator(".posts").innerText()).contains("Draft", "Too long to publish");
            assertThat(page.getByText("Open on X").count()).as("X would not take it").isZero();
            assertThat(page.locator("select[name=status] option").allInnerTexts()).containsExactly("Any status", "Draft");

            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Edit this post")).click();
            page.locator("#content-text").fill("x".repeat(30_001));
            assertThat(page.getByText("Send to review").count()).as("it would be refused").isZero();
            press(page, "Save");
            assertThat(page.locator("#content-error").innerText()).contains("This draft has ", "the limit is 30,000");
            assertThat(page.locator("#content-text").inputValue()).hasSize(30_001);
            page.locator("#content-text").fill("Low tidé");
            press(page, "Save");
            assertThat(page.locator("#toasts").innerText()).contains("Saved.").doesNotContain("too long");
            assertThat(page.getByText("Open on X").getAttribute("href")).isEqualTo("https://x.com/intent/post?text=Low%20tid%C3%A9");

            page.locator("#content-text").fill("High tide");
            page.keyboard().press("Control+Enter");
            page.locator("aside").getByText("Version 3").waitFor();
            browser.go("/tweets/mine");
            assertThat(page.locator(".posts").innerText()).contains("High tide").doesNotContain("Low tid");

            page.getByText("Delete").click();
            page.locator("#dialog").getByText("Delete this post?").waitFor();
            assertThat(page.locator("#dialog").innerText()).contains("High tide");
            page.locator("#dialog .btn-danger").click();
            page.locator("#toasts").getByText("Deleted the post.").waitFor();
            assertThat(person.get("/api/tweets").json().at("/tweets").size()).isZero();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void whatWasDeletedInAnotherTabIsSaidToBeGoneUnderTheSignOfAProblem() {
        TestPerson person = people.aPerson();
        String id = person.post("/api/tweets", Map.of("content", "Low tide")).text("/tweet/id");
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/mine");
            person.delete("/api/tweets/" + id);
            page.getByText("Delete").click();
            page.locator("#toasts .is-problem").getByText("This was removed in the meantime, perhaps in another tab. Nothing was changed. Reload the page.").waitFor();
            assertThat(page.evaluate("document.querySelector('#toasts .is-problem .icon').innerHTML"
                    + " == document.querySelector('#toast-template').content.querySelector('.icon').innerHTML")).isEqualTo(false);
        }
    }

    @Test
    void eachStepOfAPostIsConfirmedAndItsPageSaysWhatItIsReadyForAndWhatAChangeDoes() {
        TestPerson person = people.aPerson();
        String address = "/tweets/mine/" + person.post("/api/tweets", Map.of("content", "Low tide")).text("/tweet/id");
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go(address);
            assertThat(page.locator("main").innerText()).doesNotContain("makes it a draft again", "Ready.");
            move(page, address, "Send to review", "Sent to review.");
            move(page, address, "Approve", "Approved.");
            assertThat(page.locator("main").innerText()).contains("Ready. Open on X to publish it.");
            assertThat(page.locator(".composer").innerText()).contains("Saving a change makes it a draft again.");
            page.locator("#content-text").fill("High tide");
            press(page, "Save");
            assertThat(page.locator("#toasts").innerText()).contains("Saved as a draft again. It needs a new approval.");
            assertThat(person.get("/api/user/audit?limit=1").text("/audit/0/action")).as("one entry for one step").isEqualTo("post.changed");
            page.navigate(address);
            move(page, address, "Send to review", "Sent to review.");
            move(page, address, "Reject", "Rejected.");
            assertThat(page.locator("main").innerText()).contains("Rejected", "Copy text").doesNotContain("Open on X");
        }
    }

    @Test
    void eachVersionOfAPostIsKeptComparedByWordsAndRestored() {
        TestPerson person = people.aPerson();
        String id = person.post("/api/tweets", Map.of("content", "Low tide at noon")).text("/tweet/id");
        String address = "/tweets/mine/" + id;
        assertThat(person.browser().get(address).body()).contains("Version 1").doesNotContain("Ask for changes");
        assertThat(person.browser().form(address, Map.of("content", "High tide at noon")).header("Location")).isEqualTo(address);
        assertThat(person.browser().get(address).body()).contains(address + "/versions?number=1");
        assertThat(person.browser().get(address + "/versions").body()).contains(">Low</del>", ">High</ins>", "Current");
        assertThat(person.browser().form(address + "/versions/1/restore", Map.of("seen", "2020-01-01T00:00:00Z")).header("Location")).isEqualTo(address + "/versions");
        assertThat(person.get("/api/tweets/" + id).text("/tweet/content")).isEqualTo("High tide at noon");
        assertThat(person.browser().form(address + "/versions/1/restore", Map.of()).header("Location")).isEqualTo(address);
        assertThat(person.get("/api/tweets/" + id).text("/tweet/content")).isEqualTo("Low tide at noon");
        assertThat(person.browser().form(address + "/versions/9/restore", Map.of()).status()).isEqualTo(404);
        assertThat(person.browser().get("/tweets/mine/new").header("Location")).isEqualTo("/tweets/mine");
    }

    private static void move(Page page, String address, String button, String told) {
        press(page, button);
        page.locator("#toasts").getByText(told, new Locator.GetByTextOptions().setExact(true)).waitFor();
        page.navigate(address);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileIsImportedAndWhatWasNotTakenIsNamedWithAndWithoutScripts(boolean scripts) {
        TestPerson person = people.aPerson();
        String rows = "id,text,created_at\n1700000000000000001,Low tide,2026-01-02T03:04:05Z\n1700000000000000002,,2026-01-02T03:04:05Z\n";
        FilePayload file = new FilePayload("posts.csv", "text/csv", rows.getBytes(StandardCharsets.UTF_8));
        try (Browser browser = Browser.open(environment, Browser.options().setJavaScriptEnabled(scripts)).as(person)) {
            Page page = browser.go("/tweets/import");
            page.getByLabel("Author").fill("@Mara");
            page.getByLabel("File").setInputFiles(file);
            press(page, "Import");
            page.locator("#outcome").getByText("1 post imported").waitFor();
            assertThat(page.locator("#outcome").innerText()).contains("Line 3", "The text is missing.");
            assertThat(page.locator("[data-upload-words]").textContent()).isEmpty();
            page.getByText("Show imported posts").click();
            assertThat(page.url()).contains("/tweets/archive?file=");
            assertThat(page.locator(".page-head").innerText()).contains("1 post imported from your files");
            assertThat(page.locator(".posts").innerText()).contains("@mara", "Low tide");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void anImportThatIsStoppedEndsKeepsWhatWasReadAndIsToldOnThePage(@TempDir Path folder) throws IOException {
        int rows = 600_000;
        Path file = folder.resolve("posts.csv");
        try (BufferedWriter csv = Files.newBufferedWriter(file)) {
            csv.write("id,text,created_at\n");
            for (int i = 1; i <= rows; i++) {
                csv.write(i + ",Low tide at the reef,2026-01-02T03:04:05Z\n");
            }
        }
        TestPerson person = people.aPerson();
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/import");
            page.getByLabel("Author").fill("@Mara");
            page.getByLabel("File").setInputFiles(file);
            press(page, "Import");
            Awaitility.await().atMost(LONG).until(() -> !imported(person).isEmpty());
            press(page, "Stop");
            page.locator("#toasts").getByText("Stopped. What was already stored is kept.").waitFor();
            Awaitility.await().atMost(LONG).until(() -> person.get("/api/user/audit?action=posts.import_stopped").json().at("/audit/0").has("subject"));
            String told = person.get("/api/user/audit?action=posts.import_stopped").text("/audit/0/subject");
            assertThat(told).matches("posts\\.csv: after [0-9,]+ posts");
            String posts = told.substring("posts.csv: after ".length());
            page.locator("#ended-early").getByText("You stopped the import of posts.csv after " + posts).waitFor(new Locator.WaitForOptions().setTimeout(LONG.toMillis()));
            browser.go("/tweets/imports");
            assertThat(page.locator("tbody").innerText()).contains("Stopped", "You stopped it after " + posts);
        }
    }

    private static JsonNode imported(TestPerson person) {
        return person.get("/api/tweets/cache?source=imported&limit=1").json().get("tweets");
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
    }
}
