package social.coral.networks;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Writes a post's text as people read it: without the HTML escapes in which X sends it, with its links written out, and without
 * the link to its own pictures. The same for posts that were collected and for those of an archive.
 */
public final class PostMarkup {

    private static final int MAX_LINK_LENGTH = 2_000;
    private static final Pattern SHORT_LINK = Pattern.compile("https?://t\\.co/[A-Za-z0-9]+");
    private static final Pattern OWN_PICTURE = Pattern.compile("https?://(?:www\\.)?(?:twitter|x)\\.com/[^/]+/status/\\d+/(?:photo|video)/\\d+");
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://\\S+");

    private PostMarkup() {}

    /**
     * Returns the text with its escapes and its short links resolved. A post that is nothing but a picture keeps the link to it.
     *
     * @param links what the short links stand for; an empty text for one to the post's own picture
     */
    public static String written(String text, Map<String, String> links, boolean escaped) {
        String plain = escaped ? unescaped(text) : text;
        if (links.isEmpty()) {
            return plain;
        }
        StringBuilder written = new StringBuilder();
        Matcher shortLink = SHORT_LINK.matcher(plain);
        int from = 0;
        while (shortLink.find()) {
            String target = links.get(shortLink.group());
            written.append(plain, from, target == null ? shortLink.end() : shortLink.start());
            from = shortLink.end();
            if (target != null && target.isEmpty()) {
                stripEnd(written);
            } else if (target != null) {
                written.append(target);
            }
        }
        String whole = written.append(plain, from, plain.length()).toString();
        return whole.isBlank() ? plain : whole;
    }

    private static void stripEnd(StringBuilder text) {
        while (!text.isEmpty() && Character.isWhitespace(text.charAt(text.length() - 1))) {
            text.setLength(text.length() - 1);
        }
    }

    /** X escapes these three and no others. The ampersand comes last, so that what was written as {@code &amp;lt;} stays so. */
    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    /**
     * Returns what the short links of a post stand for, whose places in the text are not reliable: {@code entities} of the post and
     * of its {@code note_tweet}, and of an archive its {@code extended_entities}.
     */
    public static Map<String, String> links(JsonNode post) {
        Map<String, String> links = new HashMap<>();
        addLinks(links, post.path("entities"));
        addLinks(links, post.path("extended_entities"));
        addLinks(links, post.path("note_tweet").path("entities"));
        return links;
    }

    private static void addLinks(Map<String, String> links, JsonNode entities) {
        for (JsonNode url : entities.path("urls")) {
            if (url.hasNonNull("media_key") || OWN_PICTURE.matcher(url.path("expanded_url").asString("")).matches()) {
                links.put(url.path("url").asString(""), "");
            } else {
                addLink(links, url.path("url"), url.path("expanded_url"));
            }
        }
        entities.path("media").forEach(picture -> links.put(picture.path("url").asString(""), ""));
    }

    /** Adds a link that leads to an address on the web. */
    public static void addLink(Map<String, String> links, JsonNode from, JsonNode to) {
        String target = to.asString("");
        if (target.length() <= MAX_LINK_LENGTH && WEB_ADDRESS.matcher(target).matches()) {
            links.put(from.asString(""), target);
        }
    }
}
