package social.coral.networks;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/**
 * Writes a post's text as people read it: without the HTML escapes in which X sends it, with its links written out, and without
 * the link to its own pictures. The same for posts that were collected and for those of an archive.
 */
public final class PostMarkup {

    private static final int MAX_LINK_LENGTH = 2_000;
    /** Twice a post's length, because a character takes up to two of Java's. */
    private static final int MAX_WRITTEN = 2 * Post.MAX_LENGTH;
    /** The short links that X writes into texts. */
    public static final Pattern SHORT_LINK = Pattern.compile("https?://t\\.co/([A-Za-z0-9]{1,40})", Pattern.CASE_INSENSITIVE);
    private static final Pattern ESCAPE = Pattern.compile("&(?:#\\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,10});");
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://\\S+");

    private PostMarkup() {}

    /**
     * Returns the text with its escapes and its short links resolved. A post that is nothing but a picture keeps the link to it.
     * A text that becomes longer than any post ends somewhere beyond that.
     *
     * @param links what the short links stand for; an empty text for one to the post's own picture
     */
    public static String written(String text, Map<String, String> links, boolean escaped) {
        String plain = escaped ? unescaped(text) : text;
        if (links.isEmpty()) {
            return plain;
        }
        Map<String, String> targets = new HashMap<>();
        links.forEach((link, target) -> {
            Matcher known = SHORT_LINK.matcher(link);
            if (known.matches()) {
                targets.put(known.group(1), target);
            }
        });
        StringBuilder written = new StringBuilder();
        Matcher link = SHORT_LINK.matcher(plain);
        int from = 0;
        while (written.length() <= MAX_WRITTEN && link.find(from)) {
            int length = longestKnown(link.group(1), targets);
            String target = length == 0 ? null : targets.get(link.group(1).substring(0, length));
            int end = target == null ? link.end() : link.start(1) + length;
            written.append(plain, from, target == null ? end : link.start());
            from = end;
            if (target != null && target.isEmpty()) {
                stripEnd(written);
            } else if (target != null) {
                written.append(target);
            }
        }
        String whole = written.append(plain, from, plain.length()).toString();
        return whole.isBlank() ? plain : links.containsValue("") ? whole.strip() : whole;
    }

    /** Letters can follow a link without a space, so the longest link that is known counts. */
    private static int longestKnown(String letters, Map<String, String> targets) {
        int length = letters.length();
        while (length > 0 && !targets.containsKey(letters.substring(0, length))) {
            length--;
        }
        return length;
    }

    private static void stripEnd(StringBuilder text) {
        while (!text.isEmpty() && Character.isWhitespace(text.charAt(text.length() - 1))) {
            text.setLength(text.length() - 1);
        }
    }

    /**
     * Resolves each escape once. X escapes {@code & < >}, and programs that copy from it quotes too. An ampersand that was written is escaped
     * itself, so what was written as {@code &quot;} stays so.
     */
    public static String unescaped(String text) {
        // One escape at a time, because the library looks for the end of each in all of the text.
        return text.indexOf('&') < 0 ? text : ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(
                escape.group().equals("&apos;") ? "'" : HtmlUtils.htmlUnescape(escape.group())));
    }

    /**
     * Returns what the short links of a post stand for, whose places in the text are not reliable: {@code entities} of the post and
     * of its {@code note_tweet}, and of an archive its {@code extended_entities}.
     */
    public static Map<String, String> links(JsonNode post) {
        Map<String, String> links = new HashMap<>();
        String id = post.path("id_str").asString(post.path("id").asString(""));
        addLinks(links, post.path("entities"), id);
        addLinks(links, post.path("extended_entities"), id);
        addLinks(links, post.path("note_tweet").path("entities"), id);
        return links;
    }

    private static void addLinks(Map<String, String> links, JsonNode entities, String id) {
        for (JsonNode url : entities.path("urls")) {
            if (url.hasNonNull("media_key") || id.equals(XLinks.postOfPicture(url.path("expanded_url").asString("")))) {
                links.put(url.path("url").asString(""), "");
            } else {
                addLink(links, url.path("url"), url.path("expanded_url"));
            }
        }
        entities.path("media").forEach(picture -> links.put(picture.path("url").asString(""), ""));
    }

    /** Makes the links to pictures of the post with this id ones to its own pictures. */
    public static void dropOwnPictures(Map<String, String> links, @Nullable String id) {
        links.replaceAll((link, target) -> id != null && id.equals(XLinks.postOfPicture(target)) ? "" : target);
    }

    /** Adds a link that leads to an address on the web. */
    public static void addLink(Map<String, String> links, JsonNode from, JsonNode to) {
        addLink(links, from.asString(""), to.asString(""));
    }

    /** Adds a link that leads to an address on the web. */
    public static void addLink(Map<String, String> links, String from, String target) {
        if (target.length() <= MAX_LINK_LENGTH && WEB_ADDRESS.matcher(target).matches()) {
            links.put(from, target);
        }
    }
}
