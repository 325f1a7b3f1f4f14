package social.coral.web.posts;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Leads to X's own box for writing, with a text in it; nothing is sent before the person does so there. */
public final class OpenOnX {

    private OpenOnX() {}

    public static String with(String text) {
        return "https://x.com/intent/post?text=" + URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
