package social.coral.web;

import com.microsoft.playwright.Page;
import java.nio.file.Path;

/** Makes the README's picture: the dashboard of a running demo, as one of its example people sees it. */
public final class Screenshot {

    private static final Path PICTURE = Path.of("docs", "dashboard.png");

    private Screenshot() {}

    static void main(String[] arguments) {
        String address = arguments.length == 0 ? "http://localhost:8080" : arguments[0];
        try (Browser browser = Browser.at(address, Browser.options())) {
            Page page = browser.go("/auth/login");
            page.locator("input[name=email]").fill("ada@example.org");
            page.locator("input[name=password]").fill("coral reef demo");
            page.keyboard().press("Enter");
            page.waitForURL("**/dashboard");
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURE));
        }
        System.out.println("Made " + PICTURE);
        System.exit(0);
    }
}
