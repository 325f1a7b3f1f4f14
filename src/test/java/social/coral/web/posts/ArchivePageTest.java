package social.coral.web.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.tenancy.TenantDoor;
import social.coral.web.Browser;

/** Imported posts apart from the collected ones, by file, and what can be done with them. */
@BrowserTest
class ArchivePageTest {

    private static final String JUNE = "id,text,created_at\n1700000000000000001,Low tide,2023-11-14\n1700000000000000002,High tide,2023-11-14\n";
    private static final String JULY = "text,created_at\nSpring tide,2024-07-02T03:04:05Z\n";

    @Autowired private Environment environment;
    @Autowired private People people;
    @Autowired private TenantDoor door;

    private TestPerson person;

    @BeforeEach
    void somebodyWithACollectedPost() {
        person = people.aPerson();
        person.tenant().run(() -> door.sql("""
                insert into public.tweets_cache (network, tweet_id, author, content, source, created_at)
                values ('x', '1700000000000000009', 'reef', 'Neap tide', 'collected', timestamptz '2024-01-01')
                """).update());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void importedPostsAreListedApartFilteredByFileAndRemovedAfterAQuestion(boolean scripts) {
        try (Browser browser = Browser.open(environment, Browser.options().setJavaScriptEnabled(scripts)).as(person)) {
            Page page = browser.go("/tweets/import");
            importFiles(page, file("june.csv", JUNE));
            importFiles(page, file("july.csv", JULY));

            browser.go("/tweets");
            assertThat(page.locator(".posts").innerText()).contains("Neap tide").doesNotContain("Low tide", "Spring tide");
            page.locator(".tabs").getByText("Archive").click();
            page.waitForURL("**/tweets/archive");
            assertThat(page.locator(".posts").innerText()).contains("Low tide", "High tide", "Spring tide").doesNotContain("Neap tide");
            page.locator("select[name=file]").selectOption(page.locator("select[name=file] option", new Page.LocatorOptions().setHasText("june.csv")).getAttribute("value"));
            if (!scripts) {
                press(page, "Apply");
            }
            page.waitForURL(Pattern.compile(".*/tweets/archive\\?.*file=.+"));
            page.locator(".posts").getByText("Low tide").waitFor();
            page.waitForCondition(() -> page.locator(".post").count() == 2);

            page.locator(".post", new Page.LocatorOptions().setHasText("Low tide")).getByRole(AriaRole.CHECKBOX).check();
            press(page, "Remove");
            page.getByText("Remove 1 post?").waitFor();
            page.locator(".btn-danger").click();
            page.getByText("Removed 1 post.").first().waitFor();
            assertThat(page.locator(".posts").innerText()).contains("High tide").doesNotContain("Low tide");
            assertThat(page.url()).contains("/tweets/archive?", "file=");
            assertThat(contents()).containsExactlyInAnyOrder("High tide", "Spring tide", "Neap tide");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anImportIsAttributedToAnotherAuthorAndTakenBack(boolean scripts) {
        try (Browser browser = Browser.open(environment, Browser.options().setJavaScriptEnabled(scripts)).as(person)) {
            Page page = browser.go("/tweets/import");
            importFiles(page, file("june.csv", JUNE), file("july.csv", JULY));
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Past imports").setExact(true)).click();
            assertThat(page.locator("tbody tr[data-row]").innerText()).contains("june.csv and 1 more", "@mara").doesNotContain("Not finished");

            page.locator("tbody").getByText("Change author").click();
            page.locator("#author").fill("no one");
            press(page, "Change author");
            page.locator("#author-error").waitFor();
            page.locator("#author").fill("@Brook");
            press(page, "Change author");
            page.getByText("The posts of june.csv and 1 more are now by @brook.").first().waitFor();
            assertThat(person.get("/api/tweets/cache?author=brook").json().get("tweets")).hasSize(3);

            page.locator("tbody").getByText("Undo").first().click();
            page.getByText("Undo this import?").waitFor();
            assertThat(page.locator("form[action$=take-back]").innerText()).contains("3 posts from june.csv and 1 more will be removed", "also collected from X", "So do corrections to earlier imports");
            page.locator(".btn-danger").click();
            page.getByText("Import undone. 3 posts were removed.").first().waitFor();
            assertThat(page.locator("main").innerText()).contains("No imports yet");
            assertThat(contents()).containsExactly("Neap tide");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void anImportIsUndoneWhileItRunsAndItsOwnPageSaysSoWithoutAlarm(@TempDir Path folder) throws IOException {
        Path csv = Files.writeString(folder.resolve("long.csv"), "id,text,created_at\n" + IntStream.range(0, 300_000)
                .mapToObj(row -> (1_700_000_000_000_000_000L + row) + ",Low tide " + row + ",2023-11-14\n").collect(Collectors.joining()));
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/import");
            page.getByLabel("Author").fill("@Mara");
            page.getByLabel("Files").setInputFiles(csv);
            press(page, "Import");
            page.getByText(Pattern.compile("Uploaded · [\\d.]+ [KM]B of 1[\\d.]+ MB read · .*about \\d+ (s|min) left · [\\d,]+ rows read · [\\d,]+ posts added"))
                    .waitFor(new Locator.WaitForOptions().setTimeout(60_000));
            Locator bar = page.locator("form[data-upload] progress");
            double first = ((Number) bar.evaluate("bar => bar.value")).doubleValue();
            assertThat(first).as("of 100").isBetween(0.1, 99.9);
            page.waitForFunction("before => document.querySelector('form[data-upload] progress').value > before", first);

            Page other = page.context().newPage();
            other.navigate(page.url() + "s");
            other.locator("tbody").getByText("Stop and undo").click();
            assertThat(other.locator("form[action$=take-back]").innerText()).contains("Everything it has added so far will be removed").doesNotContain("No post is removed");
            press(other, "Stop and undo");
            page.locator("#outcome .tone-info").getByText("You undid this import while it ran. Its posts are removed.").waitFor(new Locator.WaitForOptions().setTimeout(60_000));
            assertThat(page.locator("#outcome .tone-bad").count()).isZero();
            assertThat(person.get("/api/user/audit?action=posts.import_ended").json().get("audit")).isEmpty();
        }
    }

    @Test
    void anArchiveOfSomebodyElseThanTheAuthorWhoWasTypedIsToldAboveTheFigures() {
        String account = "window.YTD.account.part0 = [{\"account\": {\"username\": \"reefkeeper\", \"accountId\": \"1\"}}]";
        String tweets = "window.YTD.tweets.part0 = [{\"tweet\": {\"id_str\": \"1841000000000000001\", \"full_text\": \"among us\", "
                + "\"created_at\": \"Tue Oct 01 12:00:00 +0000 2024\"}}]";
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/import");
            importFiles(page, file("account.js", account), file("tweets.js", tweets));
            assertThat(page.locator("#outcome .tone-warn").innerText()).contains("You entered @mara, but this archive is @reefkeeper's. Its new posts are shown as posts by @mara.");
            page.navigate(page.url());
            page.getByLabel("Author").fill("@other");
            page.getByLabel("Files").setInputFiles(new FilePayload[] {file("account.js", account), file("tweets.js", tweets)});
            press(page, "Import");
            page.locator("#outcome .tone-warn").waitFor();
            assertThat(page.locator("#outcome").innerText()).contains("You entered @other, but this archive is @reefkeeper's. 1 post already here under another author stays as it is.")
                    .doesNotContain("are shown as", "were left as they are");
        }
    }

    @Test
    void aPostWithoutItsIdHasNoLinkToXAnywhereAndSaysSo() {
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/import");
            importFiles(page, file("july.csv", JULY));
            browser.go("/tweets/archive");
            assertThat(page.locator(".post").innerText()).contains("No link to X");
            assertThat(page.locator("main a[href*='x.com']").count()).isZero();
            page.getByText("Details").click();
            page.getByText("The file gave no id for this post, so there is no link to it on X.").waitFor();
            assertThat(page.locator("main a[href*='x.com']").count()).isZero();
        }
        assertThat(person.get("/api/tweets/cache?source=imported").json().at("/tweets/0/id_derived").asBoolean()).isTrue();
        assertThat(person.get("/api/tweets/cache?source=collected").json().at("/tweets/0/id_derived").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void postsInCommunitiesAreImportedOnlyByChoice(boolean chosen) {
        String tweets = "window.YTD.tweets.part0 = [{\"tweet\": {\"id_str\": \"1841000000000000001\", \"full_text\": \"among us\", "
                + "\"created_at\": \"Tue Oct 01 12:00:00 +0000 2024\", \"community_id_str\": \"1\"}}]";
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/import");
            page.getByLabel("Also import posts in communities").setChecked(chosen);
            importFiles(page, file("tweets.js", tweets));
            assertThat(page.locator("#outcome h2").innerText()).isEqualTo(chosen ? "1 post imported" : "No new posts");
            assertThat(page.locator("#outcome").getByText("Posts in communities, left out").count()).isEqualTo(chosen ? 0 : 1);
        }
        assertThat(contents().contains("among us")).isEqualTo(chosen);
    }

    @Test
    void anAddressFromBeforeTheArchiveLeadsThere() {
        assertThat(person.browser().get("/tweets?source=imported&q=tide").header("Location")).isEqualTo("/tweets/archive?q=tide");
        assertThat(person.browser().get("/tweets?source=collected&q=tide").body()).contains("Neap tide");
    }

    @Test
    void anImportBeingTakenBackAndOneThatDidNotFinishAreToldApart() {
        person.tenant().run(() -> door.transaction(() -> {
            door.sql("insert into public.imports (file_name, imported, removed, ended_at) values ('back.zip', 300000, 120000, now())").update();
            door.sql("insert into public.imports (file_name, imported) values ('half.zip', 17)").update();
        }));
        String list = person.browser().get("/tweets/imports").body();
        assertThat(list).contains("Being undone", "120,000 posts removed so far", "Not finished", "Interrupted, or running on another server");
    }

    @Test
    void whatCameOfAnImportIsToldAfterItsPageIsLeft() {
        String cut = "id,text,created_at\n1700000000000000001,Low tide,2023-11-14\n1700000000000000003,,2023-11-14\n1700000000000000002,\"High tide";
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/import");
            importFiles(page, file("cut.csv", cut), file("words.txt", "Just words."));
            assertThat(page.locator("#outcome .notice").innerText()).contains("Not everything could be read.", "cut.csv");
            assertThat(page.locator("#ended-early").isHidden()).as("what stands below it").isTrue();

            browser.go("/tweets/import");
            assertThat(page.locator("#ended-early").innerText()).contains("Not everything in cut.csv and 1 more could be read", "1 post was added.");
            browser.go("/tweets/imports");
            assertThat(page.locator("tbody").innerText()).contains("cut.csv and 1 more", "Not everything was read");
            assertThat(person.get("/api/user/audit?action=posts.imported").body()).contains("1 post from cut.csv and 1 more. Not everything was read. ");
            page.locator("tbody").getByText("Details").first().click();
            page.waitForURL(Pattern.compile(".*/tweets/imports/[0-9a-f-]{36}"));
            assertThat(page.locator("main").innerText()).contains("cut.csv, line 3", "The text is missing.", "words.txt");

            browser.go("/tweets/import");
            importFiles(page, file("june.csv", JUNE));
            importFiles(page, file("june.csv", JUNE));
            browser.go("/tweets/import");
            assertThat(page.locator("#ended-early").isHidden()).as("the newest import decides").isTrue();
            browser.go("/tweets/imports");
            assertThat(page.locator("tbody").count()).as("also the one that brought nothing").isEqualTo(3);
            page.locator("tbody").getByText("Remove from list").first().click();
            page.getByText("Remove from this list?").waitFor();
            assertThat(page.locator(".btn-danger").count()).isZero();
            press(page, "Remove from list");
            page.getByText("Removed from the list.").first().waitFor();
            browser.go("/settings/audit");
            assertThat(page.locator("tbody").innerText()).contains("Removed from the list of imports june.csv").doesNotContain("Import undone");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void anActionInAListThatIsOutOfDateSaysSoAndItsRowGoes() {
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/import");
            importFiles(page, file("june.csv", JUNE));
            browser.go("/tweets/imports");
            person.delete("/api/tweets/cache/imports/" + person.get("/api/tweets/cache/imports").text("/imports/0/id"));
            page.locator("tbody").getByText("Undo").click();
            page.locator(".toast-line.is-problem").getByText("This was removed in the meantime").waitFor();
            assertThat(page.locator(".toast-line").innerHTML()).as("its icon").contains(page.locator("#problem-template").evaluate("it => it.content.querySelector('svg').outerHTML").toString())
                    .doesNotContain(page.locator("#toast-template").evaluate("it => it.content.querySelector('svg').outerHTML").toString());
            assertThat(page.locator("tbody tr").count()).isZero();
        }
    }

    @Test
    void anImportOfWhichEveryRowIsRejectedSaysSoInABoxAndInTheList() {
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/import");
            importFiles(page, file("bad.csv", "id,text,created_at\n1700000000000000001,,2023-11-14\n"));
            assertThat(page.locator("#outcome .tone-warn").innerText()).contains("No row could be imported.");
            browser.go("/tweets/imports");
            assertThat(page.locator("tbody").innerText()).contains("Nothing imported").doesNotContain("@mara");
            assertThat(person.browser().get("/tweets/imports?q=mara").body()).doesNotContain("bad.csv");
        }
    }

    @Test
    void theListAndThePageOfAnImportAgreeOnWhatIsHereNow() {
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/import");
            importFiles(page, file("june.csv", JUNE));
            importFiles(page, file("again.csv", JUNE + "1700000000000000003,Ebb,2023-11-14\n"));
            browser.go("/tweets/imports");
            page.locator("tbody", new Page.LocatorOptions().setHasText("june.csv")).getByText("Undo").click();
            page.getByText("Its posts are also in other imports, or were also collected from X, so they stay.").waitFor();
            press(page, "Remove from list");
            page.getByText("Removed from the list.").first().waitFor();
            assertThat(page.locator("tbody td[data-label=Added]").innerText()).isEqualTo("3");
            page.locator("tbody a[data-row-link]").click();
            page.getByText("1 post imported").waitFor();
            assertThat(page.locator("dl.facts").innerText().replaceAll("\\s+", " ")).contains("Added 1 Here from this import now 3");
        }
    }

    @Test
    void anAuthorWhoIsMissingOrWrongIsToldAtItsFieldAndNothingThatWasTypedIsLost() {
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/import");
            page.getByLabel("Also import posts in communities").check();
            page.getByLabel("Files").setInputFiles(file("june.csv", JUNE));
            press(page, "Import");
            page.locator("#author-error").getByText("Enter the author: the file does not say whose posts these are.").waitFor();
            page.waitForCondition(() -> "author".equals(page.evaluate("document.activeElement.id")));
            assertThat(page.locator("label[for=author]").innerText()).isEqualTo("Author");

            page.getByLabel("Author").fill("not a handle!");
            press(page, "Import");
            page.locator("#author-error").getByText("Enter the author as a handle").waitFor();
            assertThat(page.getByLabel("Author").inputValue()).isEqualTo("not a handle!");
            assertThat(page.getByLabel("Also import posts in communities").isChecked()).isTrue();
            page.getByLabel("Author").fill("@mara");
            press(page, "Import");
            page.getByText("2 posts imported").waitFor();
            assertThat(page.locator("#author-error").count()).isZero();
            assertThat(page.getByLabel("Author").inputValue()).isEqualTo("@mara");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void anImportWithoutScriptsLeavesNoTokenInTheAddressAndIsNotRepeatedByAReload() {
        try (Browser browser = Browser.open(environment, Browser.options().setJavaScriptEnabled(false)).as(person)) {
            Page page = browser.go("/tweets/import");
            page.getByLabel("Author").fill("not a handle!");
            page.getByLabel("Files").setInputFiles(file("june.csv", JUNE));
            press(page, "Import");
            page.locator(".toast-line.is-problem").getByText("Enter the author as a handle").waitFor();
            assertThat(page.url()).doesNotContain("csrf");
            assertThat(page.getByLabel("Author").inputValue()).isEqualTo("not a handle!");
            importFiles(page, file("june.csv", JUNE));
            assertThat(page.url()).doesNotContain("csrf").contains("?ended=");
            page.reload();
            assertThat(page.locator("#outcome h2").innerText()).isEqualTo("2 posts imported");
            assertThat(person.get("/api/tweets/cache/imports").json().get("imports")).hasSize(1);

            page.navigate(page.url().replaceAll("/tweets/import.*", "/settings/data"));
            page.getByLabel("Export file").setInputFiles(file("export.zip", "Just words."));
            press(page, "Import");
            page.locator(".toast-line.is-problem").waitFor();
            assertThat(page.url()).endsWith("/settings/data");
        }
    }

    @Test
    void theNotesOfAnImportAreSeenInTheListAndAPostThatIsTwiceInAFileIsNotSaidToHaveBeenHere() {
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/import");
            importFiles(page, file("twice.csv", JUNE + JUNE.substring(JUNE.indexOf('\n') + 1)));
            assertThat(page.locator("#outcome dl").innerText().replaceAll("\\s+", " ")).contains("Added 2 Not new 2 already here, or more than once in the file");
            importFiles(page, file("note.js", "window.YTD.note_tweet.part0 = [{\"noteTweet\": {\"core\": {\"text\": \"A long text without its post\"}, "
                    + "\"createdAt\": \"2024-10-01T12:00:00.000Z\"}}]"));
            person.tenant().run(() -> door.sql("insert into public.imports (file_name, imported, ended_at, result) values ('clean.csv', 1, now(), :result)")
                    .param("result", "{\"notes\": []}").update());
            browser.go("/tweets/imports");
            assertThat(page.locator("tbody", new Page.LocatorOptions().setHasText("clean.csv")).innerText()).doesNotContain("note");
            Locator noted = page.locator("tbody", new Page.LocatorOptions().setHasText("note.js"));
            assertThat(noted.innerText()).contains("1 note");
            noted.getByText("Details").click();
            page.getByText("A long text fits none of the posts and was not imported").first().waitFor();
        }
    }

    @Test
    void aFileThatIsRefusedLeavesNothingInTheList() {
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/import");
            page.getByLabel("Files").setInputFiles(file("holiday.txt", "Just words."));
            press(page, "Import");
            page.getByText("Nothing was imported.").waitFor();
            page.waitForCondition(() -> "outcome".equals(page.evaluate("document.activeElement.id")));
            browser.go("/tweets/imports");
            assertThat(page.locator("main").innerText()).doesNotContain("holiday.txt");
            browser.go("/tweets/import");
            assertThat(page.locator("#ended-early").isHidden()).isTrue();
        }
    }

    @Test
    void whatIsKeptOfAnImportHasABoundAndGarbageInItsPlaceIsNoFault() {
        StringBuilder rows = new StringBuilder("id,text,created_at\n");
        for (int row = 1; row < 200; row++) {
            rows.append("x".repeat(40)).append(row).append(",Low tide,").append("not a time ".repeat(20)).append('\n');
        }
        person.api().send("POST", "/api/tweets/cache/import?author=mara", BodyPublishers.ofString(rows.toString()), "text/csv");
        String id = person.get("/api/tweets/cache/imports").text("/imports/0/id");
        assertThat(person.browser().get("/tweets/imports/" + id).body()).contains("Rejected rows", "199");
        for (String garbage : new String[] {"", "null", "{}", "[]", "{\"notes\": [null]}", "tide"}) {
            person.tenant().run(() -> door.sql("update public.imports set result = :garbage where user_id = :tenant").param("garbage", garbage).update());
            assertThat(person.browser().get("/tweets/imports/" + id).body()).contains("were not kept");
        }
    }

    @Test
    void anothersImportAnswersLikeOneThatIsNotThere() {
        UUID id = UUID.randomUUID();
        person.tenant().run(() -> door.sql("insert into public.imports (id, file_name) values (:id, 'a.csv')").param("id", id).update());
        TestPerson other = people.aPerson();
        for (String path : new String[] {"/author", "/take-back", ""}) {
            assertThat(person.browser().get("/tweets/imports/" + id + path).status()).isEqualTo(200);
            assertThat(other.browser().get("/tweets/imports/" + id + path).status()).isEqualTo(404);
        }
        other.browser().form("/tweets/imports/" + id + "/take-back", Map.of());
        assertThat(person.get("/api/tweets/cache/imports").json().get("imports")).hasSize(1);
        assertThat(other.browser().get("/tweets/archive?file=" + id).status()).isEqualTo(200);
    }

    private static void importFiles(Page page, FilePayload... files) {
        page.getByLabel("Author").fill("@Mara");
        page.getByLabel("Files").setInputFiles(files);
        // The outcome of an import before would be taken for this one's.
        page.locator("#outcome").evaluate("outcome => outcome.replaceChildren()");
        press(page, "Import");
        page.locator("#outcome h2").waitFor();
    }

    private static FilePayload file(String name, String content) {
        return new FilePayload(name, "text/csv", content.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> contents() {
        return person.get("/api/tweets/cache").json().get("tweets").findValuesAsString("content");
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
    }
}
