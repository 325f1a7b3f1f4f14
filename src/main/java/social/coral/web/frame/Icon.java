package social.coral.web.frame;

import gg.jte.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;

/**
 * The icons in use, from Tabler's set, drawn into the page. A screen reader skips them: each has a word or a label beside it.
 */
public enum Icon {
    ACCOUNTS("users"),
    AGENTS("robot"),
    ALERT("alert-triangle"),
    ARROW_DOWN("arrow-down"),
    ARROW_LEFT("arrow-left"),
    ARROW_RIGHT("arrow-right"),
    ARROW_UP("arrow-up"),
    ASCENDING("chevron-up"),
    BLOG("article"),
    CHECK("check"),
    CLOCK("clock"),
    CLOSE("x"),
    COPY("copy"),
    DASHBOARD("layout-dashboard"),
    DESCENDING("chevron-down"),
    DOWNLOAD("download"),
    EDIT("pencil"),
    EXTERNAL("external-link"),
    EYE("eye"),
    HIDE("eye-off"),
    HISTORY("history"),
    IMPORT("upload"),
    INFO("info-circle"),
    INSIGHTS("bulb"),
    KEYBOARD("keyboard"),
    KNOWLEDGE("books"),
    LIKE("heart"),
    LOG("list-details"),
    MENU("menu-2"),
    METRICS("chart-bar"),
    MORE("selector"),
    PAUSE("player-pause"),
    PERSONA("feather"),
    PLUS("plus"),
    POSTS("message-2"),
    REMOVE("trash"),
    REPLY("message-circle"),
    REPOST("repeat"),
    RESUME("player-play"),
    RETRY("refresh"),
    SANDBOX("flask"),
    SEARCH("search"),
    SETTINGS("settings"),
    SIGN_OUT("logout"),
    THREAD("list-numbers");

    private static final String FOLDER = "META-INF/resources/webjars/tabler__icons/3.35.0/icons/outline/";

    private final String svg;

    Icon(String file) {
        this.svg = "<svg class=\"icon\" aria-hidden=\"true\" viewBox=\"0 0 24 24\">" + shapes(file) + "</svg>";
    }

    /** The drawing, ready for a page. */
    public Content svg() {
        return output -> output.writeContent(svg);
    }

    private static String shapes(String file) {
        try (InputStream in = new ClassPathResource(FOLDER + file + ".svg").getInputStream()) {
            String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return source.substring(source.indexOf('>') + 1, source.lastIndexOf("</svg>"))
                    .replace("<path stroke=\"none\" d=\"M0 0h24v24H0z\" fill=\"none\"/>", "")
                    .replaceAll("\\s*\\n\\s*", "");
        } catch (IOException e) {
            throw new UncheckedIOException("the icon " + file + " is not in Tabler's set", e);
        }
    }
}
