package social.coral.web;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.Environment;
import social.coral.TestPerson;

/**
 * A window of a real Chromium, with cookies of its own. Hears what a page complains of and whom it asks; one Chromium
 * serves all tests of the process.
 */
public final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync");

    private static final class Shared {
        static final com.microsoft.playwright.Browser CHROMIUM = start();
    }

    private final String address;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();

    private Browser(String address, com.microsoft.playwright.Browser.NewContextOptions options) {
        this.address = address;
        this.context = Shared.CHROMIUM.newContext(options.setBaseURL(address).setTimezoneId("Europe/Berlin").setLocale("en-GB"));
        context.setDefaultTimeout(60_000);
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            boolean refusal = message.text().startsWith("Failed to load resource");
            // Of a request that the next one or another page took the place of.
            boolean cutShort = message.text().startsWith("htmx:sendAbort") || message.text().startsWith("htmx:afterRequest");
            if ((message.type().equals("error") || message.type().equals("warning")) && !refusal && !cutShort) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onDialog(dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(requests::add);
    }

    private static com.microsoft.playwright.Browser start() {
        if (!Files.isExecutable(CHROMIUM)) {
            throw new AssertionError("Chromium is missing, and the tests of the pages need it. On Debian and Ubuntu: "
                    + "sudo apt-get update && sudo apt-get install -y chromium");
        }
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        return playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setArgs(FLAGS));
    }

    /** A window of 1280 by 800 in a light world. */
    public static Browser open(Environment environment) {
        return open(environment, options().setColorScheme(ColorScheme.LIGHT));
    }

    /** A window as the options say. */
    public static Browser open(Environment environment, com.microsoft.playwright.Browser.NewContextOptions options) {
        return at("http://localhost:" + environment.getRequiredProperty("local.server.port"), options);
    }

    /** A window on an installation that runs elsewhere. */
    static Browser at(String address, com.microsoft.playwright.Browser.NewContextOptions options) {
        return new Browser(address, options);
    }

    /** Where a window begins: 1280 by 800. */
    public static com.microsoft.playwright.Browser.NewContextOptions options() {
        return new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1280, 800);
    }

    /** The same window, with this person's session. */
    public Browser as(TestPerson person) {
        context.addCookies(List.of(new Cookie(person.cookieName(), person.cookie()).setUrl(address)));
        return this;
    }

    /** Opens a page and waits until it is drawn. */
    public Page go(String path) {
        page.navigate(path);
        return page;
    }

    public Page page() {
        return page;
    }

    /** What went wrong in the page: script errors, what the content policy refused, dialogs. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Everything that was asked for so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The addresses that were asked for and are not of the installation itself. */
    public List<String> elsewhere() {
        return requests.stream().map(Request::url).filter(url -> !url.startsWith(address + "/") && !url.startsWith("data:")).toList();
    }

    @Override
    public void close() {
        context.close();
    }
}
