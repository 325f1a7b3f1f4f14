package social.coral.web.posts;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import social.coral.content.PostLimit;

/** Links to X's own composer with a text in it; the person sends it there. */
public final class OpenOnX {

    private OpenOnX() {}

    /** Reports whether an address has room for the text. */
    public static boolean takes(String text) {
        return PostLimit.SHORT.tooMany(text) == 0;
    }

    public static String with(String text) {
        return "https://x.com/intent/post?text=" + URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** As above, for a reply to a post of X. */
    public static String replying(String text, String postId) {
        return with(text) + "&in_reply_to=" + URLEncoder.encode(postId, StandardCharsets.UTF_8);
    }
}
